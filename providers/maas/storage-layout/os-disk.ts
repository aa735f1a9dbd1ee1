/** Which disk gets the operating system: the one that all given parts match; with none given, the disk that MAAS boots from. */
export interface DiskRule {
  /** The disk's serial number; null = any. */
  readonly serial: string | null;
  /** Path below /dev/disk/by-id/, or the whole path; null = any. */
  readonly idPath: string | null;
  /** Its model; null = any. */
  readonly model: string | null;
  /** Smallest size, GB (10^9 bytes); null = any. */
  readonly minimumGigabytes: number | null;
  /** Largest size, GB (10^9 bytes); null = any. */
  readonly maximumGigabytes: number | null;
}

/** The rule that says nothing. */
export const noDiskRule: DiskRule = {
  serial: null,
  idPath: null,
  model: null,
  minimumGigabytes: null,
  maximumGigabytes: null,
};

/** A disk as the rule sees it. */
export interface DiskCandidate {
  id: number;
  name: string;
  serial: string;
  idPath: string;
  model: string;
  sizeBytes: number;
  tags: readonly string[];
}

/** The chosen disk, or why there is none, with what to do. */
export type DiskChoice<Disk> = { disk: Disk } | { problem: string };

const sanModels =
  /flasharray|pure|netapp|lun c-mode|powerstore|powermax|symmetrix|vnx|unity|open-v|hitachi|3par|nimble|storwize|2145|eternus/i;
const sanPaths = /\/(ip|fc|scsi-3624a937|wwn-0x624a937)/i;

/** Whether a disk looks like a LUN of a storage array: by its model, its path, or MAAS's tags for such disks. */
export function isSanDisk(disk: Pick<DiskCandidate, "model" | "idPath" | "tags">): boolean {
  return (
    sanModels.test(disk.model) ||
    sanPaths.test(disk.idPath) ||
    disk.tags.some((tag) => /^(multipath|iscsi|fc|san)$/i.test(tag))
  );
}

/**
 * Chooses the disk of the operating system. An ambiguous rule is a problem, never a guess, and a LUN of a storage array is never taken unless
 * `sanBoot` says that the host boots from one.
 *
 * @param bootDisk id of the disk that MAAS boots from; null when it knows none
 */
export function osDisk<Disk extends DiskCandidate>(
  disks: readonly Disk[],
  bootDisk: number | null,
  rule: DiskRule,
  sanBoot: boolean,
): DiskChoice<Disk> {
  const said = describeRule(rule);
  const fitting = disks.filter((disk) => (said === "" ? disk.id === bootDisk : fits(disk, rule)));
  const candidates = sanBoot ? fitting : fitting.filter((disk) => !isSanDisk(disk));
  const [disk, ...others] = candidates;
  const what = said === "" ? "the disk that MAAS boots from" : `a disk with ${said}`;
  if (disk === undefined && fitting.length > 0) {
    return {
      problem: `${what} is a LUN of a storage array (${fitting.map(show).join(", ")}). Choose a local disk, or set storage.sanBoot: true if this host boots from SAN.`,
    };
  }
  if (disk === undefined)
    return { problem: `${what} was not found; the machine has: ${disks.map(show).join(", ") || "no disks"}.` };
  if (others.length > 0) {
    return {
      problem: `${what} fits ${candidates.length} disks: ${candidates.map(show).join(", ")}. Add what only one of them has, e.g. its serial.`,
    };
  }
  if (disk.id !== bootDisk) {
    const boot = disks.find(({ id }) => id === bootDisk);
    return {
      problem:
        `the operating system is to go to ${show(disk)}, but MAAS boots from ${boot === undefined ? "no disk" : show(boot)}, where /boot/efi would stay. ` +
        "Make it the boot disk in MAAS first (machine, Storage, Set boot disk).",
    };
  }
  return { disk };
}

function fits(disk: DiskCandidate, rule: DiskRule): boolean {
  const gigabytes = disk.sizeBytes / 1e9;
  return (
    (rule.serial === null || disk.serial === rule.serial) &&
    (rule.idPath === null || disk.idPath === rule.idPath || disk.idPath === `/dev/disk/by-id/${rule.idPath}`) &&
    (rule.model === null || disk.model === rule.model) &&
    (rule.minimumGigabytes === null || gigabytes >= rule.minimumGigabytes) &&
    (rule.maximumGigabytes === null || gigabytes <= rule.maximumGigabytes)
  );
}

/** The rule in words; empty when it says nothing. */
function describeRule(rule: DiskRule): string {
  const parts: [string, string | number | null][] = [
    ["serial", rule.serial],
    ["path", rule.idPath],
    ["model", rule.model],
    ["at least GB", rule.minimumGigabytes],
    ["at most GB", rule.maximumGigabytes],
  ];
  return parts.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join(", ");
}

function show(disk: DiskCandidate): string {
  return `${disk.name} (${disk.model} ${disk.serial}, ${Math.round(disk.sizeBytes / 1e9)} GB)`;
}
