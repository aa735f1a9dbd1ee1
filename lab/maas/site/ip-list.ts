import { normaliseAddress } from "./address";

/** MAAS's word for a list that holds something else than addresses. */
export function notAnAddress(text: string): string {
  return `Invalid IP address: ${text}; provide a list of space-separated IP addresses`;
}

/** Splits a list of addresses at blanks and commas; `bad` is the first entry that is no address. */
export function splitAddresses(text: string): { addresses: string[]; bad?: string } {
  const addresses = text.split(/[,\s]+/).filter((entry) => entry !== "");
  const bad = addresses.find((entry) => normaliseAddress(entry) === undefined);
  return bad === undefined ? { addresses } : { addresses, bad };
}
