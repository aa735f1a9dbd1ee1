import type { DiskSeed, MachineSeed, NicSeed } from "./machine-seed";

const GIGABYTE = 1_000_000_000;

/** Names and speeds (Mbit/s) of the reference architecture's NICs, in the order of their slots. */
const SLOTS = [
  { name: "enp1s0", speed: 10_000 },
  { name: "enp2s0", speed: 10_000 },
  { name: "enp1s1", speed: 25_000 },
  { name: "enp2s1", speed: 25_000 },
] as const;

/** Number of the first worker: its MAC and BMC addresses and its serial follow from it. */
const FIRST_WORKER = 11;

/** What one NIC found at commissioning. */
export type Port = Pick<NicSeed, "address" | "cabled">;

/** What the NIC in a slot (1 to 4) of a machine found at commissioning; slot 1 boots. */
export type Cabling = (machine: number, slot: number) => Port;

function hex(value: number): string {
  return value.toString(16).padStart(2, "0");
}

function nics(machine: number, count: number, cabling: Cabling): NicSeed[] {
  return SLOTS.slice(0, count).map(({ name, speed }, index) => ({
    name,
    macAddress: `52:54:00:${hex(machine >> 8)}:${hex(machine & 0xff)}:${hex(index + 1)}`,
    speed,
    ...cabling(machine, index + 1),
  }));
}

function localDisk(serial: string): DiskSeed {
  const idPath = `/dev/disk/by-id/ata-${serial}`;
  return { name: "sda", size: 480 * GIGABYTE, model: "DELLBOSS VD", serial, idPath, tags: ["ssd", "sata"] };
}

/** A LUN of the array, seen by every worker of a zone under the same serial. */
function sanDisk(name: string, lun: number): DiskSeed {
  const serial = `624a9370c0ffee00c0ffee0000011${hex(lun).padStart(3, "0")}`;
  const idPath = `/dev/disk/by-id/wwn-0x${serial}`;
  return { name, size: 2000 * GIGABYTE, model: "FlashArray", serial, idPath, tags: ["ssd", "multipath"] };
}

/** A second disk in the machine itself, larger than the first. */
export function dataDisk(machine: number): DiskSeed {
  const serial = `LAB${String(machine).padStart(4, "0")}NVME`;
  const idPath = `/dev/disk/by-id/nvme-${serial}`;
  return { name: "nvme0n1", size: 960 * GIGABYTE, model: "Dell Ent NVMe", serial, idPath, tags: ["ssd"] };
}

type Shape = Pick<MachineSeed, "cpuCount" | "product" | "nics"> & { memoryGibibytes: number; moreDisks: DiskSeed[] };

function machine(number: number, hostname: string, shape: Shape): MachineSeed {
  const serial = `LAB${String(number).padStart(4, "0")}`;
  return {
    number,
    hostname,
    poolName: "default",
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
    disks: [localDisk(`${serial}SDA`), ...shape.moreDisks],
  };
}

/** `cp-<index>`, number `index`: two NICs, one disk. */
export function controlPlaneSeed(index: number, cabling: Cabling): MachineSeed {
  const shape = { cpuCount: 16, memoryGibibytes: 64, product: "PowerEdge R650", moreDisks: [] };
  return machine(index, `cp-${index}`, { ...shape, nics: nics(index, 2, cabling) });
}

/** `worker-<index>`, number `index` + 10: four NICs, a disk of its own and two LUNs. */
export function workerSeed(index: number, cabling: Cabling): MachineSeed {
  const number = FIRST_WORKER - 1 + index;
  const moreDisks = [sanDisk("sdb", 2 * index - 1), sanDisk("sdc", 2 * index)];
  const shape = { cpuCount: 64, memoryGibibytes: 512, product: "PowerEdge R760", moreDisks };
  return machine(number, `worker-${index}`, { ...shape, nics: nics(number, 4, cabling) });
}

/** A machine of another team: four NICs, one disk. Numbers 5 to 10 are free for them. */
export function otherSeed(number: number, hostname: string, poolName: string, cabling: Cabling): MachineSeed {
  const shape = { cpuCount: 32, memoryGibibytes: 256, product: "PowerEdge R760", moreDisks: [] };
  return { ...machine(number, hostname, { ...shape, nics: nics(number, 4, cabling) }), poolName };
}

/** Control-plane machines `cp-1` to `cp-4`, then the workers. */
export function hostSeeds(workers: number, cabling: Cabling): MachineSeed[] {
  return [
    ...Array.from({ length: 4 }, (_, index) => controlPlaneSeed(index + 1, cabling)),
    ...Array.from({ length: workers }, (_, index) => workerSeed(index + 1, cabling)),
  ];
}
