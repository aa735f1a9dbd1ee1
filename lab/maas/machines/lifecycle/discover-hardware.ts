import type { Store } from "../../store";
import { defaultVlanId } from "../../site/defaults";
import { nextFreeAddress } from "../../site/subnet-usage";
import type { BlockDeviceRecord, CommissionedNic, MachineRecord } from "../model";

const DISK_BYTES = 480_000_000_000;

function disk(store: Store): BlockDeviceRecord {
  return {
    id: store.nextId("blockdevice"),
    type: "physical",
    name: "sda",
    idPath: "/dev/disk/by-id/ata-LAB-sda",
    size: DISK_BYTES,
    blockSize: 512,
    tags: ["ssd", "sata"],
    model: "LAB-SSD",
    serial: "LAB-sda",
    firmwareVersion: null,
    numaNode: 0,
    uuid: null,
    filesystemGroupId: null,
    partitionTableType: null,
    partitions: [],
    filesystems: [],
  };
}

function nics(store: Store, machine: MachineRecord): CommissionedNic[] {
  const vlanId = defaultVlanId(store);
  const subnet = store.site.subnets.find((each) => each.vlanId === vlanId);
  const address = subnet === undefined ? undefined : nextFreeAddress(store, subnet);
  const prefix = subnet?.cidr.split("/")[1] ?? "24";
  return machine.interfaces
    .filter((each) => each.type === "physical")
    .map((each, index) => ({
      name: `enp${index + 1}s0`,
      macAddress: each.macAddress ?? "",
      linkConnected: true,
      interfaceSpeed: 10_000,
      linkSpeed: 10_000,
      numaNode: 0,
      vendor: "Intel Corporation",
      product: "Ethernet Controller X550",
      firmwareVersion: null,
      sriovMaxVf: 0,
      addresses: index === 0 && address !== undefined ? [`${address}/${prefix}`] : [],
    }));
}

/** Gives a machine that was enlisted through the API the hardware of an ordinary server; others have theirs already. */
export function discoverHardware(store: Store, machine: MachineRecord): void {
  if (machine.cpuCount === 0) machine.cpuCount = 16;
  if (machine.memory === 0) machine.memory = 65_536;
  machine.biosBootMethod ??= "uefi";
  if (machine.blockDevices.length === 0) machine.blockDevices.push(disk(store));
  if (machine.commissionedNics.length === 0) machine.commissionedNics = nics(store, machine);
  machine.bootInterfaceId ??= machine.interfaces.find((each) => each.type === "physical")?.id ?? null;
}
