import type { MachineAnswer } from "../client/machine-types";
import type { LayoutWish } from "./layout-wish";
import { type DiskCandidate, type DiskChoice, noDiskRule, osDisk } from "./os-disk";

/** The disks of a machine as MAAS answers them. */
export type MachineDisks = Pick<MachineAnswer, "blockdevice_set" | "boot_disk">;

/** The disk that gets the operating system of a machine, by the rule of the wish. */
export function machineOsDisk(machine: MachineDisks, wish: LayoutWish): DiskChoice<DiskCandidate> {
  const disks = machine.blockdevice_set
    .filter((device) => device.type === "physical")
    .map(({ id, name, serial, id_path, model, size, tags }) => ({
      id,
      name,
      serial,
      idPath: id_path ?? "",
      model,
      sizeBytes: size,
      tags,
    }));
  return osDisk(disks, machine.boot_disk?.id ?? null, wish.disk ?? noDiskRule, wish.sanBoot);
}

/** Its name; null for a blank layout, and when the rule chooses none. */
export function osDiskName(machine: MachineDisks, wish: LayoutWish): string | null {
  if (wish.layout === "blank") return null;
  const choice = machineOsDisk(machine, wish);
  return "disk" in choice ? choice.disk.name : null;
}
