import { isIPv6 } from "node:net";
import { addressProblem } from "../addressing/address";

/** The longest label of a DNS name in characters (RFC 1035). */
export const LONGEST_LABEL = 63;

/** The longest DNS name in characters, without the dot at its end (RFC 1035). */
const LONGEST_NAME = 253;

/** The longest domain of machines in characters: a hostname of 63 and a dot must fit before it. */
const LONGEST_MACHINE_DOMAIN = LONGEST_NAME - LONGEST_LABEL - 1;

/** Why a text is no DNS name: labels of up to 63 letters, digits and dashes with dots between them, 253 in all. */
export function dnsNameProblem(text: string): string | undefined {
  const labels = text.split(".");
  const long = labels.find((label) => label.length > LONGEST_LABEL);
  if (long !== undefined)
    return `has a part of ${long.length} characters: DNS allows ${LONGEST_LABEL} between two dots`;
  if (text.length > LONGEST_NAME) return `has ${text.length} characters: DNS allows ${LONGEST_NAME}`;
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(label))
    ? undefined
    : "is not a DNS name: letters, digits and dashes with dots between them, a letter or digit at the ends of each part";
}

/** Why a text cannot be the domain of machines: it is no DNS name in lower case, or leaves no room for a hostname. */
export function machineDomainProblem(text: string): string | undefined {
  if (text !== text.toLowerCase()) return "has capital letters: DNS does not tell them apart, write lower case";
  const problem = dnsNameProblem(text);
  if (problem !== undefined) return problem;
  if (/^\d+$/.test(text.split(".").at(-1) ?? "")) return "ends in a number, as only addresses do: write a DNS domain";
  return text.length > LONGEST_MACHINE_DOMAIN
    ? `has ${text.length} characters: with hostnames of ${LONGEST_LABEL} before it, ${LONGEST_MACHINE_DOMAIN} are left of the ${LONGEST_NAME} of DNS`
    : undefined;
}

/** Why a text is no host: an IPv4 address, an IPv6 address in brackets or a DNS name, without scheme, port and path. */
export function hostProblem(text: string): string | undefined {
  if (/^\[|\]$/.test(text)) {
    const [, inside = ""] = /^\[(.*)\]$/.exec(text) ?? [];
    return isIPv6(inside) ? undefined : "is not an IPv6 address in brackets";
  }
  if (/^[\d.]+$/.test(text)) return addressProblem(text);
  return dnsNameProblem(text);
}
