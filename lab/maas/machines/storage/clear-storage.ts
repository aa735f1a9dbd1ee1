import type { MachineRecord } from "../model";
import { physicalDisks } from "./storage-context";

/** Wipes a machine's storage configuration: partitions, file systems, volume groups and what was cut from them. */
export function clearStorage(machine: MachineRecord): void {
  machine.blockDevices = physicalDisks(machine);
  for (const disk of machine.blockDevices) {
    disk.partitionTableType = null;
    disk.partitions = [];
    disk.filesystems = [];
  }
  machine.filesystemGroups = [];
  machine.cacheSets = [];
  machine.specialFilesystems = [];
}
