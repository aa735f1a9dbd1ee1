import { type HostInterface, type HostInterfaces, parentsOf } from "../../providers/maas/host-network/host-interface";

/** Where an interface is drawn. */
export interface InterfaceBox {
  readonly name: string;
  readonly item: HostInterface;
  /** Left edge and width, in pixels. */
  readonly x: number;
  readonly width: number;
  /** 0 for NICs, counted upwards. */
  readonly level: number;
}

/** Least width of a box, in pixels: room for `AUTO 172.16.0.0/22`. */
const leastWidth = 124;
const gap = 8;

/**
 * Lays the interfaces of a host out: NICs at the bottom, each bond over its members, and on it, side by side, what sits on it. Pure.
 */
export function interfaceBoxes(interfaces: HostInterfaces): InterfaceBox[] {
  const boxes: InterfaceBox[] = [];
  let left = 0;
  for (const stem of stems(interfaces)) {
    const width = Math.max(needed(stem, interfaces), membersOf(stem, interfaces).length * (leastWidth + gap) - gap);
    place(stem, left, width, interfaces, boxes);
    left += width + 2 * gap;
  }
  return boxes;
}

/** Bonds, and NICs that are in none: what everything else stands on. */
function stems(interfaces: HostInterfaces): string[] {
  const members = new Set(Object.values(interfaces).flatMap((item) => (item.type === "bond" ? [...item.parents] : [])));
  const names = Object.entries(interfaces).filter(
    ([name, item]) => item.type === "bond" || (item.type === "physical" && !members.has(name)),
  );
  return names.map(([name]) => name).sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
}

/** What belongs to the management network comes first, as in the reference architecture's tables. */
function rank(name: string): number {
  return name.includes("mgmt") ? 0 : 1;
}

function membersOf(name: string, interfaces: HostInterfaces): readonly string[] {
  const item = interfaces[name];
  return item?.type === "bond" ? item.parents : [];
}

function above(name: string, interfaces: HostInterfaces): string[] {
  return Object.entries(interfaces)
    .filter(([, item]) => item.type !== "bond" && parentsOf(item).includes(name))
    .map(([child]) => child)
    .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
}

function needed(name: string, interfaces: HostInterfaces): number {
  const children = above(name, interfaces).map((child) => needed(child, interfaces));
  return Math.max(
    leastWidth,
    children.reduce((sum, width) => sum + width + gap, -gap),
  );
}

function place(stem: string, x: number, width: number, interfaces: HostInterfaces, boxes: InterfaceBox[]): void {
  const members = membersOf(stem, interfaces);
  const each = (width - gap * (members.length - 1)) / members.length;
  for (const [index, name] of members.entries()) {
    const item = interfaces[name];
    if (item !== undefined) boxes.push({ name, item, x: x + index * (each + gap), width: each, level: 0 });
  }
  stack(stem, { x, width, level: members.length > 0 ? 1 : 0 }, interfaces, boxes);
}

function stack(
  name: string,
  at: Pick<InterfaceBox, "x" | "width" | "level">,
  interfaces: HostInterfaces,
  boxes: InterfaceBox[],
): void {
  const item = interfaces[name];
  if (item === undefined) return;
  boxes.push({ name, item, ...at });
  const children = above(name, interfaces);
  const widths = children.map((child) => needed(child, interfaces));
  const spare = (at.width - widths.reduce((sum, width) => sum + width + gap, -gap)) / Math.max(1, children.length);
  let left = at.x;
  for (const [index, child] of children.entries()) {
    const width = (widths[index] ?? 0) + spare;
    stack(child, { x: left, width, level: at.level + 1 }, interfaces, boxes);
    left += width + gap;
  }
}
