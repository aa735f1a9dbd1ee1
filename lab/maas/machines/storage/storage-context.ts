import type { Store } from "../../store";
import type {
  BlockDeviceRecord,
  FilesystemGroupRecord,
  FilesystemRecord,
  MachineRecord,
  PartitionRecord,
} from "../model";
import { align, freeSize } from "./device-size";
import { stableUuid } from "./stable-uuid";

/** One request's work on the disks of one machine. */
export interface StorageContext {
  store: Store;
  machine: MachineRecord;
}

/** The machine's own disks, lowest id first. */
export function physicalDisks(machine: MachineRecord): BlockDeviceRecord[] {
  return machine.blockDevices.filter((device) => device.type === "physical");
}

/** The disk that the machine boots from: the one set, else the first that is big enough. */
export function bootDisk(machine: MachineRecord): BlockDeviceRecord | undefined {
  const disks = physicalDisks(machine);
  const set = disks.find((disk) => disk.id === machine.bootDiskId);
  return set ?? disks.find((disk) => disk.size >= 512 * 1024 * 1024);
}

/** Puts a file system (or a part of a volume group and the like) on a disk or partition. */
export function addFilesystem(
  { store, machine }: StorageContext,
  holder: BlockDeviceRecord | PartitionRecord,
  values: Partial<FilesystemRecord> & { fstype: string },
): FilesystemRecord {
  const id = store.nextId("filesystem");
  const filesystem: FilesystemRecord = {
    id,
    label: null,
    uuid: stableUuid(machine.systemId, "filesystem", id),
    mountPoint: null,
    mountOptions: null,
    filesystemGroupId: null,
    cacheSetId: null,
    acquired: false,
    ...values,
  };
  holder.filesystems.push(filesystem);
  return filesystem;
}

/** Partitions a disk anew, or adds a partition to it: `size` bytes, or all that is left. */
export function addPartition(
  { store, machine }: StorageContext,
  device: BlockDeviceRecord,
  values: { size?: number | null; bootable?: boolean } = {},
): PartitionRecord {
  device.partitionTableType ??= "GPT";
  const id = store.nextId("partition");
  const highest = Math.max(0, ...device.partitions.map((partition) => partition.index));
  const [architecture] = machine.architecture.split("/");
  const leavesFirst =
    (architecture === "amd64" && machine.biosBootMethod !== "uefi") ||
    (architecture === "ppc64el" && bootDisk(machine)?.id === device.id);
  const partition: PartitionRecord = {
    id,
    index: highest === 0 && leavesFirst ? 2 : highest + 1,
    uuid: stableUuid(machine.systemId, "partition", id),
    size: align(values.size ?? freeSize(machine, device)),
    bootable: values.bootable ?? false,
    tags: [],
    filesystems: [],
  };
  device.partitions.push(partition);
  return partition;
}

/** Makes a volume group or the like; its parts and devices are added by the caller. */
export function addFilesystemGroup(
  { store, machine }: StorageContext,
  values: Pick<FilesystemGroupRecord, "groupType" | "name"> & Partial<FilesystemGroupRecord>,
): FilesystemGroupRecord {
  const id = store.nextId("filesystemgroup");
  const group: FilesystemGroupRecord = {
    id,
    uuid: stableUuid(machine.systemId, "filesystemgroup", id),
    cacheMode: null,
    cacheSetId: null,
    ...values,
  };
  machine.filesystemGroups.push(group);
  return group;
}

/** Cuts a virtual device out of a volume group or the like. */
export function addVirtualDevice(
  { store, machine }: StorageContext,
  group: FilesystemGroupRecord,
  values: { name: string; size: number; blockSize: number },
): BlockDeviceRecord {
  const id = store.nextId("blockdevice");
  const device: BlockDeviceRecord = {
    id,
    type: "virtual",
    ...values,
    idPath: null,
    tags: [],
    model: null,
    serial: null,
    firmwareVersion: null,
    numaNode: null,
    uuid: stableUuid(machine.systemId, "blockdevice", id),
    filesystemGroupId: group.id,
    partitionTableType: null,
    partitions: [],
    filesystems: [],
  };
  machine.blockDevices.push(device);
  return device;
}
