import type { BlockDeviceRecord, MachineRecord, PartitionRecord } from "../model";
import { effectiveFilesystem } from "./effective-filesystem";

/** `used_for` of a disk or partition, in MAAS's words. */
export function usedFor(machine: MachineRecord, holder: BlockDeviceRecord | PartitionRecord): string {
  const filesystem = effectiveFilesystem(machine, holder);
  if (filesystem === null) {
    if (!("partitions" in holder) || holder.partitionTableType === null) return "Unused";
    const count = holder.partitions.length;
    return `${holder.partitionTableType} partitioned with ${count} partition${count > 1 ? "s" : ""}`;
  }
  const { fstype, mountPoint } = filesystem;
  if (mountPoint !== null) return `${fstype} formatted filesystem mounted at ${mountPoint}`;
  const group = machine.filesystemGroups.find((each) => each.id === filesystem.filesystemGroupId);
  const name = group?.name ?? "";
  switch (fstype) {
    case "lvm-pv":
      return `LVM volume for ${name}`;
    case "raid":
      return `Active ${group?.groupType ?? "raid"} device for ${name}`;
    case "raid-spare":
      return `Spare ${group?.groupType ?? "raid"} device for ${name}`;
    case "bcache-cache":
      return `Cache device for cache${machine.cacheSets.indexOf(filesystem.cacheSetId ?? -1)}`;
    case "bcache-backing":
      return `Backing device for ${name}`;
    case "vmfs6":
      return `VMFS extent for ${name}`;
    default:
      return `Unmounted ${fstype} formatted filesystem`;
  }
}
