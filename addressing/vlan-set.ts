import { AddressError } from "./address-error";

/** The smallest and the largest id of a tagged VLAN (IEEE 802.1Q; 0 means untagged, 4095 is reserved). */
export const VLAN_ID_BOUNDS = { minimum: 1, maximum: 4094 } as const;

/** A run of VLAN ids, both ends included. */
export interface VlanRange {
  /** The lowest id, 1 to 4094. */
  readonly first: number;
  /** The highest id, not below `first`. */
  readonly last: number;
}

/** VLAN ids as runs in rising order that neither touch nor overlap. Made by {@link parseVlanSet} and the functions here. */
export type VlanSet = readonly VlanRange[];

const ITEM = /^([1-9]\d{0,3}|0)(?:-([1-9]\d{0,3}|0))?$/;

/** Why a text is not a VLAN set, or undefined when it is one (or empty, which is the empty set). */
export function vlanSetProblem(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  for (const item of text.split(",").map((part) => part.trim())) {
    const match = ITEM.exec(item);
    if (match === null) return `has "${item}": write ids and ranges with commas between them, like 21-100,200`;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (first < VLAN_ID_BOUNDS.minimum || last > VLAN_ID_BOUNDS.maximum || first > VLAN_ID_BOUNDS.maximum)
      return `has "${item}": VLAN ids are ${VLAN_ID_BOUNDS.minimum} to ${VLAN_ID_BOUNDS.maximum}`;
    if (first > last) return `has "${item}", which starts after its end: write ${last}-${first}`;
  }
  return undefined;
}

/** Whether a text is a VLAN set (see {@link vlanSetProblem}). */
export function isVlanSet(text: string): boolean {
  return vlanSetProblem(text) === undefined;
}

/**
 * Reads the grammar `21-100,200`; order, doubles and spaces do not matter, an empty text is the empty set.
 *
 * @throws AddressError when the text is no VLAN set
 */
export function parseVlanSet(text: string): VlanSet {
  const problem = vlanSetProblem(text);
  if (problem !== undefined) throw new AddressError(`"${text}" ${problem}`);
  if (text.trim() === "") return [];
  return merge(
    text.split(",").map((item) => {
      const [first, last = first] = item.split("-").map(Number);
      return { first: first ?? 0, last: last ?? 0 };
    }),
  );
}

/**
 * A set of single ids.
 *
 * @throws AddressError when an id is not a whole number from 1 to 4094
 */
export function vlanSetOf(ids: Iterable<number>): VlanSet {
  const ranges = [...ids].map((id) => {
    if (!Number.isInteger(id) || id < VLAN_ID_BOUNDS.minimum || id > VLAN_ID_BOUNDS.maximum)
      throw new AddressError(`${id} is no VLAN id: they are ${VLAN_ID_BOUNDS.minimum} to ${VLAN_ID_BOUNDS.maximum}`);
    return { first: id, last: id };
  });
  return merge(ranges);
}

/** The shortest text of a set, in rising order: `21-100,200`; two ids in a row read `20-21`; the empty set is "". */
export function formatVlanSet(set: VlanSet): string {
  return set.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** What is in any of the sets. */
export function unionVlanSets(...sets: readonly VlanSet[]): VlanSet {
  return merge(sets.flat());
}

/** What is in `set` and not in `removed`. */
export function subtractVlanSets(set: VlanSet, removed: VlanSet): VlanSet {
  return set.flatMap((range) => {
    const left: VlanRange[] = [];
    let next = range.first;
    for (const hole of removed) {
      if (hole.last < next || hole.first > range.last) continue;
      if (hole.first > next) left.push({ first: next, last: hole.first - 1 });
      next = hole.last + 1;
    }
    if (next <= range.last) left.push({ first: next, last: range.last });
    return left;
  });
}

/** What is in both sets. */
export function intersectVlanSets(a: VlanSet, b: VlanSet): VlanSet {
  return subtractVlanSets(a, subtractVlanSets(a, b));
}

/** Whether an id is in a set. */
export function vlanSetContains(set: VlanSet, id: number): boolean {
  return set.some(({ first, last }) => id >= first && id <= last);
}

/** How many ids a set has. */
export function vlanSetSize(set: VlanSet): number {
  return set.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** All ids of a set in rising order. */
export function vlanIds(set: VlanSet): number[] {
  return set.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

/** Sorts runs and joins those that overlap or touch. */
function merge(ranges: readonly VlanRange[]): VlanSet {
  const merged: { first: number; last: number }[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous.last + 1) previous.last = Math.max(previous.last, last);
    else merged.push({ first, last });
  }
  return merged;
}
