import { ip2long, long2ip } from "netmask";
import { AddressError } from "./address-error";

const DOTTED_QUAD = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/**
 * Why a text is not a plain dotted IPv4 address, or undefined when it is one.
 *
 * Octets with leading zeros are refused: some software reads `010` as 8, some as 10, and a wrong gateway is the result.
 */
export function addressProblem(text: string): string | undefined {
  const octets = DOTTED_QUAD.exec(text)?.slice(1);
  if (octets === undefined) return "is not an IPv4 address: write four decimal numbers, like 10.20.30.1";
  for (const octet of octets) {
    if (octet.length > 1 && octet.startsWith("0"))
      return `has "${octet}", which can be read as octal: write ${Number(octet)} without leading zeros`;
    if (Number(octet) > 255) return `has "${octet}", but each of the four numbers is at most 255`;
  }
  return undefined;
}

/** Whether a text is a plain dotted IPv4 address (see {@link addressProblem}). */
export function isAddress(text: string): boolean {
  return addressProblem(text) === undefined;
}

/**
 * The 32-bit number of an IPv4 address.
 *
 * @throws AddressError when the text is no address
 */
export function addressToNumber(text: string): number {
  const problem = addressProblem(text);
  if (problem !== undefined) throw new AddressError(`"${text}" ${problem}`);
  return ip2long(text);
}

/**
 * The dotted text of a 32-bit number.
 *
 * @throws AddressError when the number is no integer from 0 to 4294967295
 */
export function numberToAddress(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
    throw new AddressError(`${value} is outside the IPv4 addresses (0 to 4294967295)`);
  return long2ip(value);
}

/** Sorts by number, so that 10.0.0.9 comes before 10.0.0.10. Negative, zero or positive like any comparator. */
export function compareAddresses(a: string, b: string): number {
  return addressToNumber(a) - addressToNumber(b);
}
