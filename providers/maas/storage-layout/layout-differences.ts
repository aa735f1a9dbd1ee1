import type { PendingChange } from "../machine-state/pending-change";
import { type LayoutSizes, presentSizes } from "./layout-sizes";
import type { LayoutWish } from "./layout-wish";
import { type MachineDisks, osDiskName } from "./machine-os-disk";
import { presentLayout } from "./present-layout";

/** The differences between a machine's storage layout and the desired one. */
export function layoutDifferences(machine: MachineDisks, wish: LayoutWish): PendingChange[] {
  const { layout } = presentLayout(machine.blockdevice_set);
  const change = (field: string, actual: string | null, desired: string | null): PendingChange => ({
    part: "storage",
    subject: "storage layout",
    field,
    actual,
    desired,
  });
  const others = otherDisks(machine, wish);
  const sizes = Object.entries(sizesOf(machine, wish)) as [keyof LayoutSizes, string | null][];
  return [
    ...(layout === wish.layout ? [] : [change("layout", layout, wish.layout)]),
    ...(others.length === 0
      ? []
      : [change(`disks in the layout besides ${osDiskName(machine, wish) ?? "none"}`, others.join(", "), "none")]),
    ...sizes.filter(([name, value]) => value !== wish[name]).map(([name, value]) => change(name, value, wish[name])),
  ];
}

/** Names of the disks in a machine's layout besides that of the operating system. */
export function otherDisks(machine: MachineDisks, wish: LayoutWish): string[] {
  const own = osDiskName(machine, wish);
  return presentLayout(machine.blockdevice_set).disks.filter((name) => name !== own);
}

/** The sizes that a machine has; none when it has another kind of layout than wished for, or a blank one. */
export function sizesOf(machine: MachineDisks, wish: LayoutWish): Partial<LayoutSizes> {
  const { layout } = presentLayout(machine.blockdevice_set);
  if (layout !== wish.layout || layout === "blank") return {};
  return presentSizes(machine.blockdevice_set, wish, layout === "lvm");
}
