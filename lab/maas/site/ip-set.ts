import { formatAddress, type Network } from "./address";

/** Addresses from `first` to `last` (both included) and what they are for. */
export interface PurposeRange {
  first: bigint;
  last: bigint;
  purposes: string[];
}

/** Purpose of what nobody uses. */
export const UNUSED = "unused";

function union(left: readonly string[], right: readonly string[]): string[] {
  return [...new Set([...left, ...right])].sort();
}

function byFirst(a: PurposeRange, b: PurposeRange): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.last < b.last ? -1 : a.last > b.last ? 1 : 0;
}

function overlap(left: PurposeRange, right: PurposeRange): boolean {
  return left.last >= right.first;
}

function continues(left: PurposeRange, right: PurposeRange): boolean {
  return right.first === left.last + 1n && left.purposes.join() === right.purposes.join();
}

/** Sorts ranges, merges overlapping ones (with all their purposes) and joins neighbours of the same purpose. */
export function condense(ranges: readonly PurposeRange[]): PurposeRange[] {
  const merged: PurposeRange[] = [];
  for (const range of [...ranges].sort(byFirst)) {
    const previous = merged.at(-1);
    if (previous !== undefined && overlap(previous, range)) {
      const last = previous.last > range.last ? previous.last : range.last;
      merged[merged.length - 1] = { first: previous.first, last, purposes: union(previous.purposes, range.purposes) };
    } else {
      merged.push({ ...range, purposes: union(range.purposes, []) });
    }
  }
  const joined: PurposeRange[] = [];
  for (const range of merged) {
    const previous = joined.at(-1);
    if (previous !== undefined && continues(previous, range)) previous.last = range.last;
    else joined.push(range);
  }
  return joined;
}

/**
 * The gaps between condensed ranges in a network. Network and broadcast address are no gap, except where every address
 * is a host's (IPv4 /31 and /32, IPv6 /127 and /128); IPv6 has no broadcast address.
 */
export function gaps(ranges: readonly PurposeRange[], network: Network, purpose = UNUSED): PurposeRange[] {
  const hostsOnly = network.prefix >= (network.version === 4 ? 31 : 127);
  let candidate = hostsOnly ? network.first : network.first + 1n;
  const end = hostsOnly || network.version === 6 ? network.last : network.last - 1n;
  const found: PurposeRange[] = [];
  const note = (last: bigint): void => {
    if (last >= candidate) found.push({ first: candidate, last, purposes: [purpose] });
  };
  for (const range of ranges) {
    note(range.first - 1n);
    candidate = range.last + 1n;
  }
  note(end);
  return condense(found);
}

/** Number of addresses in a range. */
export function size(range: PurposeRange): bigint {
  return range.last - range.first + 1n;
}

/** A range as MAAS writes it. */
export function renderRange(
  version: 4 | 6,
  range: PurposeRange,
): { start: string; end: string; num_addresses: number } {
  return {
    start: formatAddress({ version, value: range.first }),
    end: formatAddress({ version, value: range.last }),
    num_addresses: Number(size(range)),
  };
}
