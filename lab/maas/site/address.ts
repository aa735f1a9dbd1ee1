import { isIPv4, isIPv6 } from "node:net";

/** An IPv4 or IPv6 address as a number. */
export interface Address {
  version: 4 | 6;
  value: bigint;
}

/** A network: its first address and the length of its prefix. */
export interface Network {
  version: 4 | 6;
  first: bigint;
  last: bigint;
  prefix: number;
}

function bits(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function parseIPv6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  let plain = text;
  if (dotted?.[1] !== undefined && dotted[2] !== undefined) {
    const value = parseIPv4(dotted[2]);
    plain = `${dotted[1]}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  }
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const filler: string[] = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...filler, ...right].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function parseIPv4(text: string): bigint {
  return text.split(".").reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** Reads an address; undefined when the text is none. Blanks around it are allowed, as in MAAS's forms. */
export function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  if (isIPv4(trimmed)) return { version: 4, value: parseIPv4(trimmed) };
  if (isIPv6(trimmed) && !trimmed.includes("%")) return { version: 6, value: parseIPv6(trimmed) };
  return undefined;
}

function formatIPv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt((7 - index) * 16)) & 0xffffn).toString(16));
  const zeros = /(?:^|:)(?:0(?::|$)){2,}/g;
  const text = groups.join(":");
  const runs = [...text.matchAll(zeros)].sort((a, b) => b[0].length - a[0].length);
  const longest = runs[0];
  if (longest === undefined) return text;
  return `${text.slice(0, longest.index)}::${text.slice(longest.index + longest[0].length)}`;
}

/** Canonical text of an address: dotted for IPv4, lower-case and shortened (RFC 5952) for IPv6. */
export function formatAddress(address: Address): string {
  if (address.version === 6) return formatIPv6(address.value);
  return [24n, 16n, 8n, 0n].map((shift) => ((address.value >> shift) & 0xffn).toString()).join(".");
}

/** Canonical text of the address in `text`; undefined when it is none. */
export function normaliseAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address && formatAddress(address);
}

function prefixOf(text: string, version: 4 | 6): number | undefined {
  if (/^\d+$/.test(text)) {
    const prefix = Number(text);
    return prefix <= bits(version) ? prefix : undefined;
  }
  const mask = version === 4 ? parseAddress(text) : undefined;
  if (mask?.version !== 4) return undefined;
  const binary = mask.value.toString(2).padStart(32, "0");
  return /^1*0*$/.test(binary) ? binary.replaceAll("0", "").length : undefined;
}

/**
 * Reads `<network>/<prefix length>`, also with host bits set (they are dropped), with a netmask instead of the prefix
 * length, or an address alone (then its prefix is 32 or 128). Undefined when the text is no network.
 */
export function parseNetwork(text: string): Network | undefined {
  const [host = "", suffix, ...rest] = text.trim().split("/");
  const address = parseAddress(host);
  if (address === undefined || rest.length > 0) return undefined;
  const prefix = suffix === undefined ? bits(address.version) : prefixOf(suffix, address.version);
  if (prefix === undefined) return undefined;
  const hostBits = BigInt(bits(address.version) - prefix);
  const first = (address.value >> hostBits) << hostBits;
  return { version: address.version, first, last: first + (1n << hostBits) - 1n, prefix };
}

/** Canonical text of a network. */
export function formatNetwork(network: Network): string {
  return `${formatAddress({ version: network.version, value: network.first })}/${network.prefix}`;
}

/** The network of a stored, therefore valid, CIDR text. */
export function networkOf(cidr: string): Network {
  const network = parseNetwork(cidr);
  if (network === undefined) throw new Error(`stored CIDR "${cidr}" cannot be read`);
  return network;
}

/** Whether a network holds an address. */
export function networkHolds(network: Network, address: Address): boolean {
  return network.version === address.version && address.value >= network.first && address.value <= network.last;
}

/** Whether the network written `cidr` holds the address written `ip`. */
export function cidrContains(cidr: string, ip: string): boolean {
  const address = parseAddress(ip);
  return address !== undefined && networkHolds(networkOf(cidr), address);
}

/** Orders addresses by version, then by number. */
export function compareAddresses(left: string, right: string): number {
  const a = parseAddress(left);
  const b = parseAddress(right);
  if (a === undefined || b === undefined) return left < right ? -1 : 1;
  if (a.version !== b.version) return a.version - b.version;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
