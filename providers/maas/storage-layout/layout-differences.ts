import type { MachineAnswer } from "../client/machine-types";
import { type LayoutSizes, presentSizes } from "./layout-sizes";
import type { LayoutWish } from "./layout-wish";
import { osDiskName } from "./machine-os-disk";
import { presentLayout } from "./present-layout";

/** How a machine's storage layout differs from the wish, one line each. */
export function layoutDifferences(machine: MachineAnswer, wish: LayoutWish): string[] {
  const { layout } = presentLayout(machine.blockdevice_set);
  const lines = layout === wish.layout ? [] : [`layout: ${layout} => ${wish.layout}`];
  const others = otherDisks(machine, wish);
  if (others.length > 0)
    lines.push(`disks in the layout besides ${osDiskName(machine, wish) ?? "none"}: ${others.join(", ")} => none`);
  const sizes = Object.entries(sizesOf(machine, wish)) as [keyof LayoutSizes, string | null][];
  for (const [name, value] of sizes) {
    if (value !== wish[name]) lines.push(`${name}: ${value ?? "none"} => ${wish[name] ?? "MAAS's default"}`);
  }
  return lines;
}

/** Names of the disks in a machine's layout besides that of the operating system. */
export function otherDisks(machine: MachineAnswer, wish: LayoutWish): string[] {
  const own = osDiskName(machine, wish);
  return presentLayout(machine.blockdevice_set).disks.filter((name) => name !== own);
}

/** The sizes that a machine has; none when it has another kind of layout than wished for, or a blank one. */
export function sizesOf(machine: MachineAnswer, wish: LayoutWish): Partial<LayoutSizes> {
  const { layout } = presentLayout(machine.blockdevice_set);
  if (layout !== wish.layout || layout === "blank") return {};
  return presentSizes(machine.blockdevice_set, wish, layout === "lvm");
}
