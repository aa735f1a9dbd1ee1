import type { BlockDeviceRecord, MachineRecord } from "../model";
import { effectiveFilesystem } from "./effective-filesystem";

const MEBIBYTE = 1024 * 1024;

/** Partitions are whole multiples of it. */
export const ALIGNMENT = 4 * MEBIBYTE;

/** Rounds bytes down to what a partition can have. */
export function align(bytes: number): number {
  return Math.floor(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Bytes that a partition table takes itself, with what the boot method needs beside it. */
function tableSize(machine: MachineRecord): number {
  const [architecture] = machine.architecture.split("/");
  const table = 5 * MEBIBYTE;
  if (architecture === "ppc64el") return table + 8 * MEBIBYTE;
  if (architecture === "amd64" && machine.biosBootMethod !== "uefi") return table + MEBIBYTE;
  return table;
}

function partitionedSize(machine: MachineRecord, device: BlockDeviceRecord): number {
  return device.partitions.reduce((sum, partition) => sum + partition.size, 0) + tableSize(machine);
}

/** `used_size`: all of a formatted disk, partitions and table of a partitioned one. */
export function usedSize(machine: MachineRecord, device: BlockDeviceRecord): number {
  if (effectiveFilesystem(machine, device) !== null) return device.size;
  return device.partitionTableType === null ? 0 : partitionedSize(machine, device);
}

/** Bytes left for another partition. */
export function freeSize(machine: MachineRecord, device: BlockDeviceRecord): number {
  return align(device.size - partitionedSize(machine, device));
}

/** `available_size`: none of a formatted disk, what another partition could have of every other. */
export function availableSize(machine: MachineRecord, device: BlockDeviceRecord): number {
  return effectiveFilesystem(machine, device) === null ? freeSize(machine, device) : 0;
}

/** A device's name: a logical volume's is that of its volume group and its own. */
export function deviceName(machine: MachineRecord, device: BlockDeviceRecord): string {
  const group = machine.filesystemGroups.find((each) => each.id === device.filesystemGroupId);
  return group?.groupType === "lvm-vg" ? `${group.name}-${device.name}` : device.name;
}
