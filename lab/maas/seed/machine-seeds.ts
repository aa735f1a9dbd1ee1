import type { DiskSeed, MachineSeed, NicSeed } from "./machine-seed";

/** VLANs that the seed's NICs are plugged into. */
export interface SeedVlans {
  /** The untagged VLAN of the default fabric, where machines boot. */
  boot: number;
  /** Untagged VLANs of fabrics that MAAS made for NICs on networks that it did not know. */
  stray: readonly [number, number];
}

const GIGABYTE = 1_000_000_000;

function two(value: number): string {
  return value.toString(16).padStart(2, "0");
}

/** MAC address of a machine's NIC: 52:54:00, the machine's number, the NIC's. */
function mac(machine: number, nic: number): string {
  return `52:54:00:${two(machine >> 8)}:${two(machine & 0xff)}:${two(nic)}`;
}

/** Address that the machine's boot NIC was seen with, in 192.168.0.0/22. */
function bootAddress(machine: number): string {
  return `192.168.${2 + Math.floor(machine / 250)}.${1 + (machine % 250)}`;
}

function localDisk(serial: string): DiskSeed {
  const model = "DELLBOSS VD";
  return {
    name: "sda",
    size: 480 * GIGABYTE,
    model,
    serial,
    idPath: `/dev/disk/by-id/ata-${serial}`,
    tags: ["ssd", "sata"],
  };
}

/** A LUN of the array, seen by every worker of a zone under the same serial. */
function sanDisk(name: string, lun: number): DiskSeed {
  const serial = `624a9370c0ffee00c0ffee0000011${two(lun).padStart(3, "0")}`;
  const idPath = `/dev/disk/by-id/wwn-0x${serial}`;
  return { name, size: 2000 * GIGABYTE, model: "FlashArray", serial, idPath, tags: ["ssd", "multipath"] };
}

function nic(machine: number, index: number, name: string, vlanId: number | null, speed: number): NicSeed {
  const seed = { name, macAddress: mac(machine, index), vlanId, speed };
  return index === 1 ? { ...seed, discoveredIp: bootAddress(machine) } : seed;
}

interface Shape {
  cpuCount: number;
  memoryGibibytes: number;
  product: string;
  nics: NicSeed[];
  sanDisks: DiskSeed[];
}

function machine(number: number, hostname: string, poolName: string, shape: Shape): MachineSeed {
  const serial = `LAB${String(number).padStart(4, "0")}`;
  return {
    hostname,
    poolName,
    zoneName: "default",
    architecture: "amd64/generic",
    cpuCount: shape.cpuCount,
    memoryMebibytes: shape.memoryGibibytes * 1024,
    vendor: "Dell Inc.",
    product: shape.product,
    serial,
    powerType: "ipmi",
    powerParameters: { power_address: `192.0.2.${number}`, power_user: "maas", power_driver: "LAN_2_0" },
    tags: [],
    nics: shape.nics,
    disks: [localDisk(`${serial}SDA`), ...shape.sanDisks],
  };
}

/** Where a NIC that does not boot is plugged in, as cables and switches happen to be: known, unknown or no network. */
function strayVlan(vlans: SeedVlans, machine: number, nic: number): number | null {
  const places = [vlans.boot, vlans.stray[0], vlans.stray[1], null];
  return places[(machine + nic) % places.length] ?? null;
}

function controlPlane(index: number, vlans: SeedVlans): MachineSeed {
  const nics = [
    nic(index, 1, "enp1s0", vlans.boot, 10_000),
    nic(index, 2, "enp2s0", strayVlan(vlans, index, 2), 10_000),
  ];
  const shape = { cpuCount: 16, memoryGibibytes: 64, product: "PowerEdge R650", nics, sanDisks: [] };
  return machine(index, `cp-${index}`, "default", shape);
}

function fourNics(number: number, vlans: SeedVlans): NicSeed[] {
  return [
    nic(number, 1, "enp1s0", vlans.boot, 10_000),
    nic(number, 2, "enp2s0", strayVlan(vlans, number, 2), 10_000),
    nic(number, 3, "enp1s1", strayVlan(vlans, number, 3), 25_000),
    nic(number, 4, "enp2s1", strayVlan(vlans, number, 4), 25_000),
  ];
}

function worker(index: number, number: number, vlans: SeedVlans): MachineSeed {
  const sanDisks = [sanDisk("sdb", 2 * index - 1), sanDisk("sdc", 2 * index)];
  const shape = {
    cpuCount: 64,
    memoryGibibytes: 512,
    product: "PowerEdge R760",
    nics: fourNics(number, vlans),
    sanDisks,
  };
  return machine(number, `worker-${index}`, "default", shape);
}

/** A machine that is somebody else's; its NICs keep the two stray fabrics in use. */
function other(number: number, vlans: SeedVlans): MachineSeed {
  const nics = [
    nic(number, 1, "enp1s0", vlans.boot, 10_000),
    nic(number, 2, "enp2s0", vlans.stray[0], 10_000),
    nic(number, 3, "enp1s1", vlans.stray[1], 25_000),
    nic(number, 4, "enp2s1", null, 25_000),
  ];
  const shape = { cpuCount: 32, memoryGibibytes: 256, product: "PowerEdge R760", nics, sanDisks: [] };
  return machine(number, "other-1", "other", shape);
}

/** The lab's machines: four of control-plane class, workers, and one in another pool. */
export function machineSeeds(workers: number, vlans: SeedVlans): MachineSeed[] {
  const controlPlanes = Array.from({ length: 4 }, (_, index) => controlPlane(index + 1, vlans));
  const others = Array.from({ length: workers }, (_, index) => worker(index + 1, 11 + index, vlans));
  return [...controlPlanes, ...others, other(10, vlans)];
}
