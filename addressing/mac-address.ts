import { AddressError } from "./address-error";

const SEPARATED = /^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i;
const DOTTED = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i;
const BARE = /^[0-9a-f]{12}$/i;

/** Why a text is not a MAC address, or undefined when it is one in any of the usual spellings. */
export function macAddressProblem(text: string): string | undefined {
  if (SEPARATED.test(text) || DOTTED.test(text) || BARE.test(text)) return undefined;
  return "is not a MAC address: write six pairs of hexadecimal digits, like 52:54:00:0b:6d:8c";
}

/** Whether a text is a MAC address (see {@link macAddressProblem}). */
export function isMacAddress(text: string): boolean {
  return macAddressProblem(text) === undefined;
}

/**
 * The spelling that MAAS answers with: lower case with colons. Takes `52-54-00-0B-6D-8C`, `5254.000b.6d8c` and `5254000b6d8c` too.
 *
 * @throws AddressError when the text is no MAC address
 */
export function canonicalMacAddress(text: string): string {
  const problem = macAddressProblem(text);
  if (problem !== undefined) throw new AddressError(`"${text}" ${problem}`);
  const digits = text.toLowerCase().replace(/[^0-9a-f]/g, "");
  return digits.match(/../g)?.join(":") ?? digits;
}
