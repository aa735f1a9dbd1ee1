import type { DiskSeed, MachineSeed, NicSeed } from "../seed/machine-seed";
import { setting } from "../site/settings";
import type { Store } from "../store";
import type { BlockDeviceRecord, CommissionedNic, MachineRecord } from "./model";
import { networkContext, type NetworkContext } from "./network/network-context";
import { blankColumns, openColumns } from "./network/open-interface";
import { restoreNetwork } from "./network/restore-network";
import { saveInterface } from "./network/save-interface";
import { newMachine } from "./new-machine";
import { STATUS } from "./status";
import { setDefaultLayout } from "./storage/set-default-layout";

function idByName(records: readonly { id: number; name: string }[], name: string, what: string): number {
  const record = records.find((each) => each.name === name);
  if (record === undefined) throw new Error(`the seed names ${what} "${name}", which the region does not have`);
  return record.id;
}

function disk(store: Store, seed: DiskSeed): BlockDeviceRecord {
  return {
    id: store.nextId("blockdevice"),
    type: "physical",
    name: seed.name,
    idPath: seed.idPath,
    size: seed.size,
    blockSize: 512,
    tags: [...seed.tags],
    model: seed.model,
    serial: seed.serial,
    firmwareVersion: null,
    numaNode: 0,
    uuid: null,
    filesystemGroupId: null,
    partitionTableType: null,
    partitions: [],
    filesystems: [],
  };
}

function commissioned(nic: NicSeed): CommissionedNic {
  const isCabled = nic.cabled ?? true;
  return {
    name: nic.name,
    macAddress: nic.macAddress,
    linkConnected: isCabled,
    interfaceSpeed: nic.speed,
    linkSpeed: isCabled ? nic.speed : 0,
    numaNode: 0,
    vendor: "Intel Corporation",
    product: "Ethernet Controller E810-XXV for SFP",
    firmwareVersion: "4.40 0x8001c967",
    sriovMaxVf: 0,
    addresses: nic.address === undefined ? [] : [nic.address],
  };
}

function addNic(context: NetworkContext, nic: NicSeed): void {
  const columns = {
    ...blankColumns("physical"),
    name: nic.name,
    macAddress: nic.macAddress,
    linkConnected: nic.cabled ?? true,
    numaNode: 0,
  };
  saveInterface(context, openColumns(null, columns));
}

/** Adds a machine that the lab starts with: commissioned, Ready, off. */
export function createSeedMachine(store: Store, seed: MachineSeed): void {
  const cores = Array.from({ length: seed.cpuCount }, (_, index) => index);
  const machine: MachineRecord = {
    ...newMachine(store),
    hostname: seed.hostname,
    zoneId: idByName(store.site.zones, seed.zoneName, "zone"),
    poolId: idByName(store.site.pools, seed.poolName, "pool"),
    status: STATUS.READY,
    architecture: seed.architecture,
    minHweKernel: null,
    cpuCount: seed.cpuCount,
    cpuSpeed: 2600,
    memory: seed.memoryMebibytes,
    powerType: seed.powerType,
    powerParameters: { ...seed.powerParameters },
    powerState: "off",
    biosBootMethod: "uefi",
    hardwareInfo: {
      system_vendor: seed.vendor,
      system_product: seed.product,
      system_serial: seed.serial,
    },
    tagNames: [...seed.tags],
    blockDevices: seed.disks.map((each) => disk(store, each)),
    numaNodes: [{ index: 0, memory: seed.memoryMebibytes, cores }],
    commissionedNics: seed.nics.map((nic) => commissioned(nic)),
    commissioning: { resultId: store.nextId("scriptset"), status: 2, storageStatus: -1 },
    testing: { resultId: store.nextId("scriptset"), status: 2, storageStatus: 2 },
  };
  store.machines.push(machine);
  const context = networkContext(store, machine);
  for (const nic of seed.nics) addNic(context, nic);
  const boot = seed.nics.find((nic) => nic.address !== undefined) ?? seed.nics[0];
  machine.bootInterfaceId = machine.interfaces.find((each) => each.macAddress === boot?.macAddress)?.id ?? null;
  setDefaultLayout({ store, machine }, setting(store, "default_storage_layout"));
  restoreNetwork(context);
  // A NIC on no VLAN got its cable after commissioning: with one MAAS would have made a fabric for it.
  for (const nic of machine.interfaces) nic.linkConnected = true;
}
