import type { BlockDeviceRecord, PartitionRecord } from "../model";
import { isFormat } from "./effective-filesystem";
import type { StorageContext } from "./storage-context";

function holders({ machine }: StorageContext): (BlockDeviceRecord | PartitionRecord)[] {
  return machine.blockDevices.flatMap((device) => [device, ...device.partitions]);
}

/** Forgets the copies that an allocation made of the file systems. */
export function clearAcquiredFilesystems(context: StorageContext): void {
  for (const holder of holders(context)) holder.filesystems = holder.filesystems.filter((each) => !each.acquired);
  const { machine } = context;
  machine.specialFilesystems = machine.specialFilesystems.filter((each) => !each.acquired);
}

/** Copies the machine's mountable file systems for an allocation: they are what shows until it is released. */
export function createAcquiredFilesystems(context: StorageContext): void {
  clearAcquiredFilesystems(context);
  const copy = (list: { filesystems: BlockDeviceRecord["filesystems"] }): void => {
    for (const filesystem of list.filesystems.filter(isFormat)) {
      list.filesystems.push({ ...filesystem, id: context.store.nextId("filesystem"), acquired: true });
    }
  };
  holders(context).forEach(copy);
  copy({ filesystems: context.machine.specialFilesystems });
}
