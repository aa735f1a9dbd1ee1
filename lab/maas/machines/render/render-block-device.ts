import type { JsonObject } from "../../json";
import type { BlockDeviceRecord, FilesystemRecord, MachineRecord, PartitionRecord } from "../model";
import { effectiveFilesystem } from "../storage/effective-filesystem";
import { availableSize, deviceName, usedSize } from "../storage/device-size";
import { usedFor } from "../storage/used-for";

function renderFilesystem(filesystem: FilesystemRecord | null): JsonObject | null {
  if (filesystem === null) return null;
  return {
    fstype: filesystem.fstype,
    label: filesystem.label,
    uuid: filesystem.uuid,
    mount_point: filesystem.mountPoint,
    mount_options: filesystem.mountOptions,
  };
}

function renderPartition(machine: MachineRecord, device: BlockDeviceRecord, partition: PartitionRecord): JsonObject {
  const { systemId } = machine;
  return {
    uuid: partition.uuid,
    size: partition.size,
    bootable: partition.bootable,
    tags: [...partition.tags],
    system_id: systemId,
    used_for: usedFor(machine, partition),
    device_id: device.id,
    path: `/dev/disk/by-dname/${deviceName(machine, device)}-part${partition.index}`,
    type: "partition",
    id: partition.id,
    filesystem: renderFilesystem(effectiveFilesystem(machine, partition)),
    resource_uri: `/MAAS/api/2.0/nodes/${systemId}/blockdevices/${device.id}/partition/${partition.id}`,
  };
}

/**
 * A disk or virtual disk as MAAS answers it, with its partitions. The list of a machine's disks leaves the firmware
 * version out, everything else has it for disks that are not virtual.
 */
export function renderBlockDevice(machine: MachineRecord, device: BlockDeviceRecord, listed = false): JsonObject {
  const name = deviceName(machine, device);
  return {
    system_id: machine.systemId,
    id: device.id,
    name,
    uuid: device.uuid,
    type: device.type,
    path: `/dev/disk/by-dname/${name}`,
    model: device.model,
    serial: device.serial,
    id_path: device.idPath,
    size: device.size,
    block_size: device.blockSize,
    available_size: availableSize(machine, device),
    used_size: usedSize(machine, device),
    used_for: usedFor(machine, device),
    tags: [...device.tags],
    filesystem: renderFilesystem(effectiveFilesystem(machine, device)),
    partition_table_type: device.partitionTableType,
    partitions: device.partitions.map((partition) => renderPartition(machine, device, partition)),
    ...(device.type === "physical" && !listed ? { firmware_version: device.firmwareVersion } : {}),
    storage_pool: null,
    numa_node: device.numaNode,
    resource_uri: `/MAAS/api/2.0/nodes/${machine.systemId}/blockdevices/${device.id}/`,
  };
}
