/** What of a partition tells how it is used. */
export interface UsedPartition {
  /** Bytes. */
  size: number;
  filesystem: { fstype: string; mount_point: string | null } | null;
  /** In words: `LVM volume for vgroot`. */
  used_for?: string;
}

/** What of a block device tells how it is used. */
export interface UsedDevice {
  id: number;
  name: string;
  /** `physical` or `virtual` (a logical volume, RAID, bcache). */
  type: string;
  /** Bytes. */
  size: number;
  /** Bytes that no partition takes. */
  available_size?: number;
  partitions: readonly UsedPartition[];
  filesystem: { mount_point: string | null } | null;
  used_for: string;
}

/** The storage layout that a machine has, as far as it shows: MAAS has no field for it. */
export interface PresentLayout {
  /** `custom` is everything that is none of the others. */
  layout: "flat" | "lvm" | "blank" | "custom";
  /** Names of physical disks that are in the layout, sorted. */
  disks: string[];
}

/** Infers the layout from a machine's block devices. */
export function presentLayout(devices: readonly UsedDevice[]): PresentLayout {
  const used = devices.filter((device) => device.type === "physical" && isUsed(device));
  const virtual = devices.filter((device) => device.type === "virtual");
  const disks = used.map(({ name }) => name).sort();
  if (used.length === 0 && virtual.length === 0) return { layout: "blank", disks };
  const [only] = virtual;
  if (only !== undefined) return { layout: virtual.length === 1 && hasRoot(only) ? "lvm" : "custom", disks };
  return { layout: used.some(hasRoot) ? "flat" : "custom", disks };
}

function isUsed(device: UsedDevice): boolean {
  return device.partitions.length > 0 || device.filesystem !== null || !/^(unused|)$/i.test(device.used_for);
}

/** Whether a file system on the device itself or on one of its partitions is mounted at `/`. */
function hasRoot({ filesystem, partitions }: UsedDevice): boolean {
  return [filesystem, ...partitions.map((partition) => partition.filesystem)].some(
    (candidate) => candidate?.mount_point === "/",
  );
}

/**
 * Names of the physical disks that carry a machine's root file system, sorted; none when it has no root file system. Where it is on a
 * logical volume, RAID or bcache, MAAS does not answer what that stands on: then these are all disks in the layout.
 */
export function rootDisks(devices: readonly UsedDevice[]): string[] {
  const roots = devices.filter(hasRoot);
  if (roots.some(({ type }) => type === "virtual")) return presentLayout(devices).disks;
  return roots.map(({ name }) => name).sort();
}
