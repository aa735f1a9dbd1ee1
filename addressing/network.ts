import { Netmask } from "netmask";
import { AddressError } from "./address-error";
import { addressProblem, addressToNumber, numberToAddress } from "./address";

/** An IPv4 network in canonical form. */
export interface Network {
  /** The network address with no host bits, e.g. `10.20.0.0`. */
  readonly address: string;
  /** The prefix length, 0 to 32. */
  readonly prefix: number;
  /** Both together, e.g. `10.20.0.0/16`. */
  readonly cidr: string;
  /** The number of addresses in it, network and broadcast address included. */
  readonly size: number;
}

/** Why a text is not `address/prefix`, or undefined when it is (host bits may be set). */
export function networkProblem(text: string): string | undefined {
  const [address, prefix, ...rest] = text.split("/");
  if (address === undefined || prefix === undefined || rest.length > 0)
    return "is not a network: write address/prefix, like 10.20.0.0/16";
  const problem = addressProblem(address);
  if (problem !== undefined) return problem;
  if (!/^(0|[1-9]\d?)$/.test(prefix) || Number(prefix) > 32)
    return `has the prefix "${prefix}": write a number from 0 to 32 without leading zeros`;
  return undefined;
}

/** Whether a text is `address/prefix` (host bits may be set). */
export function isNetwork(text: string): boolean {
  return networkProblem(text) === undefined;
}

/**
 * Reads `address/prefix`. Host bits are cleared: `10.20.30.0/16` gives the network 10.20.0.0/16.
 *
 * @throws AddressError when the text is no network
 */
export function parseNetwork(text: string): Network {
  const problem = networkProblem(text);
  if (problem !== undefined) throw new AddressError(`"${text}" ${problem}`);
  const block = new Netmask(text);
  return { address: block.base, prefix: block.bitmask, cidr: `${block.base}/${block.bitmask}`, size: block.size };
}

/** The canonical text of a network: `10.20.30.0/16` gives `10.20.0.0/16`. Throws {@link AddressError}. */
export function canonicalCidr(text: string): string {
  return parseNetwork(text).cidr;
}

/** The first address (network address) and the last (broadcast address) of a network. Throws {@link AddressError}. */
export function networkBounds(cidr: string): { first: string; last: string } {
  const network = parseNetwork(cidr);
  return { first: network.address, last: numberToAddress(addressToNumber(network.address) + network.size - 1) };
}

/** Whether an address lies in a network, its network and broadcast address included. Throws {@link AddressError}. */
export function networkContains(cidr: string, address: string): boolean {
  const network = parseNetwork(cidr);
  const offset = addressToNumber(address) - addressToNumber(network.address);
  return offset >= 0 && offset < network.size;
}

/** Whether an address can be given to a host: inside, and neither network nor broadcast address (/31 and /32 have none). */
export function isHostAddress(cidr: string, address: string): boolean {
  if (!networkContains(cidr, address)) return false;
  if (parseNetwork(cidr).prefix >= 31) return true;
  const { first, last } = networkBounds(cidr);
  return address !== first && address !== last;
}

/** Whether the whole `inner` network lies in `outer` (equal networks do). Throws {@link AddressError}. */
export function networkEncloses(outer: string, inner: string): boolean {
  return (
    parseNetwork(inner).prefix >= parseNetwork(outer).prefix && networkContains(outer, parseNetwork(inner).address)
  );
}

/** Whether two networks share an address. Throws {@link AddressError}. */
export function networksOverlap(a: string, b: string): boolean {
  return networkEncloses(a, b) || networkEncloses(b, a);
}

/** How many hosts fit: all addresses but the network and the broadcast address; 2 in a /31, 1 in a /32. */
export function hostCount(cidr: string): number {
  const { prefix, size } = parseNetwork(cidr);
  return prefix >= 31 ? size : size - 2;
}

/**
 * The n-th address of a network: 0 is the network address, 1 the first host, -1 the broadcast address.
 *
 * @throws AddressError when the network has no such address
 */
export function nthAddress(cidr: string, n: number): string {
  const network = parseNetwork(cidr);
  const offset = n < 0 ? network.size + n : n;
  if (!Number.isInteger(n) || offset < 0 || offset >= network.size)
    throw new AddressError(`${network.cidr} has ${network.size} addresses, so there is no address number ${n} in it`);
  return numberToAddress(addressToNumber(network.address) + offset);
}

/** How many networks of a prefix length fit into a network: a /18 holds 64 of /24; 0 when the prefix is shorter. */
export function subnetCount(cidr: string, prefix: number): number {
  const difference = prefix - parseNetwork(cidr).prefix;
  return difference < 0 ? 0 : 2 ** difference;
}

/** The network of the same address space with another prefix length that holds this one's first address. */
export function resizeNetwork(cidr: string, prefix: number): string {
  return canonicalCidr(`${parseNetwork(cidr).address}/${prefix}`);
}
