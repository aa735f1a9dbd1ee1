import type { JsonObject } from "../../json";
import { renderDomain } from "../../site/render-domain";
import { renderPool } from "../../site/render-pool";
import { renderZone } from "../../site/render-zone";
import type { Store } from "../../store";
import { statusMessage } from "../machine-events";
import type { FilesystemGroupRecord, MachineRecord } from "../model";
import { defaultGateways } from "../network/default-gateways";
import { statusName } from "../status";
import { bootDisk, physicalDisks } from "../storage/storage-context";
import { renderBlockDevice } from "./render-block-device";
import { renderHardwareInfo } from "./render-hardware-info";
import { renderInterface } from "./render-interface";
import { renderOutcomes } from "./render-outcomes";

function present<T extends { id: number }>(records: readonly T[], id: number, what: string): T {
  const record = records.find((each) => each.id === id);
  if (record === undefined) throw new Error(`a machine refers to ${what} ${id}, which does not exist`);
  return record;
}

/** Only the ids of volume groups and the like are in a machine's answer. */
function references(machine: MachineRecord, ids: readonly number[]): JsonObject[] {
  return ids.map((id) => ({ system_id: machine.systemId, id, __incomplete__: true }));
}

function groupIds(machine: MachineRecord, chosen: (group: FilesystemGroupRecord) => boolean): number[] {
  return machine.filesystemGroups.filter(chosen).map((group) => group.id);
}

function renderStorage(machine: MachineRecord): JsonObject {
  const boot = bootDisk(machine);
  const physical = physicalDisks(machine);
  const virtual = machine.blockDevices.filter((device) => device.type === "virtual");
  const bytes = physical.reduce((sum, disk) => sum + disk.size, 0);
  return {
    storage: bytes / 1_000_000,
    boot_disk: boot === undefined ? null : renderBlockDevice(machine, boot),
    blockdevice_set: machine.blockDevices.map((device) => renderBlockDevice(machine, device)),
    physicalblockdevice_set: physical.map((device) => renderBlockDevice(machine, device)),
    virtualblockdevice_set: virtual.map((device) => renderBlockDevice(machine, device)),
    volume_groups: references(
      machine,
      groupIds(machine, (group) => group.groupType === "lvm-vg"),
    ),
    raids: references(
      machine,
      groupIds(machine, (group) => group.groupType.startsWith("raid")),
    ),
    bcaches: references(
      machine,
      groupIds(machine, (group) => group.groupType === "bcache"),
    ),
    cache_sets: references(machine, machine.cacheSets),
    special_filesystems: machine.specialFilesystems.map((each) => ({
      fstype: each.fstype,
      label: each.label,
      uuid: each.uuid,
      mount_point: each.mountPoint,
      mount_options: each.mountOptions,
    })),
  };
}

function renderNetwork(store: Store, machine: MachineRecord): JsonObject {
  const { interfaces, bootInterfaceId } = machine;
  const lowest = [...interfaces].sort((a, b) => a.id - b.id)[0];
  const boot = interfaces.find((each) => each.id === bootInterfaceId) ?? lowest;
  const gateways = defaultGateways(store, machine);
  return {
    interface_set: interfaces.map((each) => renderInterface(store, machine, each)),
    boot_interface: boot === undefined ? null : renderInterface(store, machine, boot),
    default_gateways: {
      ipv4: { gateway_ip: gateways.ipv4, link_id: machine.gatewayLinkIpv4Id },
      ipv6: { gateway_ip: gateways.ipv6, link_id: machine.gatewayLinkIpv6Id },
    },
  };
}

/** A machine as MAAS answers it, in lists as in single reads. */
export function renderMachine(store: Store, machine: MachineRecord): JsonObject {
  const { site } = store;
  const domain = present(site.domains, machine.domainId, "domain");
  return {
    system_id: machine.systemId,
    hostname: machine.hostname,
    description: machine.description,
    hardware_uuid: machine.hardwareUuid,
    domain: renderDomain(store, domain),
    fqdn: `${machine.hostname}.${domain.name}`,
    owner: machine.owner,
    owner_data: { ...machine.ownerData },
    workload_annotations: { ...machine.ownerData },
    locked: machine.locked,
    bios_boot_method: machine.biosBootMethod,
    architecture: machine.architecture,
    min_hwe_kernel: machine.minHweKernel,
    hwe_kernel: machine.hweKernel,
    cpu_count: machine.cpuCount,
    cpu_speed: machine.cpuSpeed,
    memory: machine.memory,
    swap_size: machine.swapSize,
    status: machine.status,
    status_name: statusName(machine.status),
    status_action: machine.statusEvent?.action ?? null,
    status_message: statusMessage(machine),
    osystem: machine.osystem,
    distro_series: machine.distroSeries,
    ephemeral_deploy: machine.ephemeralDeploy,
    error_description: machine.errorDescription,
    netboot: machine.netboot,
    power_type: machine.powerType,
    power_state: machine.powerState,
    // In the order in which the region's table holds them.
    tag_names: site.tags.map((tag) => tag.name).filter((name) => machine.tagNames.includes(name)),
    address_ttl: machine.addressTtl,
    zone: renderZone(present(site.zones, machine.zoneId, "zone")),
    pool: renderPool(present(site.pools, machine.poolId, "pool")),
    disable_ipv4: false,
    node_type: 0,
    node_type_name: "Machine",
    parent: null,
    pod: null,
    virtualmachine_id: null,
    current_installation_result_id: machine.installationResultId,
    numanode_set: machine.numaNodes.map(({ index, memory, cores }) => ({
      index,
      memory,
      cores: [...cores],
      hugepages_set: [],
    })),
    last_sync: null,
    sync_interval: null,
    next_sync: null,
    enable_hw_sync: machine.enableHardwareSync,
    enable_kernel_crash_dump: machine.enableKernelCrashDump,
    ...renderStorage(machine),
    ...renderNetwork(store, machine),
    ...renderOutcomes(machine),
    hardware_info: renderHardwareInfo(machine.hardwareInfo),
    resource_uri: `/MAAS/api/2.0/machines/${machine.systemId}/`,
  };
}
