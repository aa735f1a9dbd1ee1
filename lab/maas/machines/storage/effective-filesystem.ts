import type { BlockDeviceRecord, FilesystemRecord, MachineRecord, PartitionRecord } from "../model";
import { showsAllocation } from "../status";

const FORMATS: ReadonlySet<string> = new Set([
  "ext2",
  "ext4",
  "xfs",
  "fat32",
  "vfat",
  "swap",
  "ramfs",
  "tmpfs",
  "btrfs",
  "zfsroot",
]);

/** Whether a file system is one that can be formatted and mounted, not a part of a volume group or the like. */
export function isFormat(filesystem: FilesystemRecord): boolean {
  return FORMATS.has(filesystem.fstype);
}

/**
 * The file system that a disk or partition shows: the allocation's copy while the machine is somebody's (none when it was
 * never allocated), its own otherwise.
 */
export function effectiveFilesystem(
  machine: MachineRecord,
  holder: BlockDeviceRecord | PartitionRecord,
): FilesystemRecord | null {
  const own = holder.filesystems.find((each) => !each.acquired);
  if (!showsAllocation(machine.status)) return own ?? null;
  const acquired = holder.filesystems.find((each) => each.acquired);
  return acquired ?? holder.filesystems.find((each) => !isFormat(each)) ?? null;
}
