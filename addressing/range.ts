import { AddressError } from "./address-error";
import { addressToNumber, isAddress } from "./address";
import { isNetwork, networkBounds, networkContains } from "./network";

/** A run of IPv4 addresses, both ends included. `start` is never after `end` in what {@link parseAddressRange} gives. */
export interface AddressRange {
  /** The first address. */
  readonly start: string;
  /** The last address, itself in the range. */
  readonly end: string;
}

/** Why a text is not a range, or undefined when it is `first-last` or a network in address/prefix form. */
export function addressRangeProblem(text: string): string | undefined {
  if (isNetwork(text)) return undefined;
  const [start, end, ...rest] = text.split("-").map((part) => part.trim());
  if (start === undefined || end === undefined || rest.length > 0 || !isAddress(start) || !isAddress(end))
    return "is not a range of addresses: write first-last, like 10.20.40.10-10.20.40.99, or a network like 10.20.40.0/26";
  if (addressToNumber(start) > addressToNumber(end)) return `starts after its end: write ${end}-${start}`;
  return undefined;
}

/** Whether a text is a range of addresses (see {@link addressRangeProblem}). */
export function isAddressRange(text: string): boolean {
  return addressRangeProblem(text) === undefined;
}

/**
 * Reads `10.20.40.10-10.20.40.99`, or a network, which stands for all of its addresses.
 *
 * @throws AddressError when the text is no range or starts after its end
 */
export function parseAddressRange(text: string): AddressRange {
  const problem = addressRangeProblem(text);
  if (problem !== undefined) throw new AddressError(`"${text}" ${problem}`);
  if (isNetwork(text)) return networkRange(text);
  const [start = "", end = ""] = text.split("-").map((part) => part.trim());
  return { start, end };
}

/** All addresses of a network as a range. Throws {@link AddressError}. */
export function networkRange(cidr: string): AddressRange {
  const { first, last } = networkBounds(cidr);
  return { start: first, end: last };
}

/** The canonical text, `first-last`. */
export function formatAddressRange(range: AddressRange): string {
  return `${range.start}-${range.end}`;
}

/** How many addresses a range holds. */
export function addressRangeSize(range: AddressRange): number {
  return addressToNumber(range.end) - addressToNumber(range.start) + 1;
}

/** Whether an address lies in a range, the ends included. */
export function addressRangeContains(range: AddressRange, address: string): boolean {
  const value = addressToNumber(address);
  return value >= addressToNumber(range.start) && value <= addressToNumber(range.end);
}

/** Whether two ranges share an address. */
export function addressRangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return addressToNumber(a.start) <= addressToNumber(b.end) && addressToNumber(b.start) <= addressToNumber(a.end);
}

/** Whether a whole range lies in a network. */
export function addressRangeInside(range: AddressRange, cidr: string): boolean {
  return networkContains(cidr, range.start) && networkContains(cidr, range.end);
}

/** Whether a range and a network share an address. */
export function addressRangeTouches(range: AddressRange, cidr: string): boolean {
  return addressRangesOverlap(range, networkRange(cidr));
}
