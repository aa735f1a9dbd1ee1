import { addressesInUse } from "../machines/held-addresses";
import type { Store } from "../store";
import { formatAddress, networkHolds, networkOf, parseAddress } from "./address";
import { condense, gaps, size, type PurposeRange } from "./ip-set";
import type { IpRangeRecord, SubnetRecord } from "./model";

/** What counts as used. */
export interface UsageOptions {
  /** Only ranges, no single addresses (gateway, DNS servers, held ones). */
  rangesOnly?: boolean;
  /** Addresses that a NIC was only seen with count as free. */
  ignoreDiscovered?: boolean;
  /** A range that does not count (the one being changed). */
  except?: IpRangeRecord;
  /** Reserved ranges count (default). */
  reserved?: boolean;
}

const DISCOVERED = 6;

/** Every address held in a subnet: by machines, rack controllers and DNS resources. */
export function heldAddresses(store: Store, subnetId: number): { ip: string; allocType: number }[] {
  return [
    ...addressesInUse(store, subnetId).map(({ ip, allocType }) => ({ ip, allocType })),
    ...store.site.rackControllers
      .flatMap((rack) => rack.addresses)
      .filter((address) => address.subnetId === subnetId)
      .map(({ ip }) => ({ ip, allocType: 1 })),
    ...store.site.reservedAddresses
      .filter((address) => address.subnetId === subnetId)
      .map(({ ip }) => ({ ip, allocType: 4 })),
  ];
}

function singles(store: Store, subnet: SubnetRecord, options: UsageOptions): PurposeRange[] {
  const network = networkOf(subnet.cidr);
  const inside = (ip: string | null, purpose: string): PurposeRange[] => {
    const address = ip === null ? undefined : parseAddress(ip);
    if (address === undefined || !networkHolds(network, address)) return [];
    return [{ first: address.value, last: address.value, purposes: [purpose] }];
  };
  const routes = store.site.staticRoutes.filter((route) => route.sourceId === subnet.id);
  const held = heldAddresses(store, subnet.id).filter(
    (address) => !(options.ignoreDiscovered === true && address.allocType === DISCOVERED),
  );
  return [
    ...inside(subnet.gatewayIp, "gateway-ip"),
    ...subnet.dnsServers.flatMap((server) => inside(server, "dns-server")),
    ...routes.flatMap((route) => inside(route.gatewayIp, "gateway-ip")),
    ...held.flatMap((address) => inside(address.ip, "assigned-ip")),
  ];
}

function ipv6Reserved(subnet: SubnetRecord): PurposeRange[] {
  const network = networkOf(subnet.cidr);
  if (network.version === 4 || network.prefix >= 127) return [];
  const anycast = { first: network.first, last: network.first, purposes: ["rfc-4291-2.6.1"] };
  const low = { first: network.first + 1n, last: network.first + 0xffffffffn, purposes: ["reserved"] };
  return network.prefix === 64 ? [low, anycast] : [anycast];
}

function ranges(store: Store, subnet: SubnetRecord, options: UsageOptions): PurposeRange[] {
  return store.site.ipRanges
    .filter((range) => range.subnetId === subnet.id && range !== options.except)
    .filter((range) => range.type === "dynamic" || options.reserved !== false)
    .map((range) => ({
      first: parseAddress(range.startIp)?.value ?? 0n,
      last: parseAddress(range.endIp)?.value ?? 0n,
      purposes: [range.type],
    }));
}

/** The used addresses of a subnet with their purposes. */
export function rangesInUse(store: Store, subnet: SubnetRecord, options: UsageOptions = {}): PurposeRange[] {
  return condense([
    ...ipv6Reserved(subnet),
    ...(options.rangesOnly === true ? [] : singles(store, subnet, options)),
    ...ranges(store, subnet, options),
  ]);
}

/**
 * The free addresses of a subnet. Of a subnet that MAAS does not manage only addresses in its reserved ranges are free
 * (unless only ranges are looked at).
 */
export function rangesNotInUse(store: Store, subnet: SubnetRecord, options: UsageOptions = {}): PurposeRange[] {
  const network = networkOf(subnet.cidr);
  const unused = gaps(rangesInUse(store, subnet, options), network, "unused");
  if (subnet.managed || options.rangesOnly === true) return unused;
  const outside = unused.map((range) => ({ ...range, purposes: ["unmanaged"] }));
  const withoutReserved = rangesInUse(store, subnet, { ...options, reserved: false });
  return gaps(condense([...withoutReserved, ...outside]), network, "unused");
}

/** The whole subnet, used and free. */
export function fullRange(store: Store, subnet: SubnetRecord): PurposeRange[] {
  const used = rangesInUse(store, subnet);
  return condense([...used, ...gaps(used, networkOf(subnet.cidr))]);
}

/**
 * The next address that MAAS gives out in a subnet: the first of the smallest free block (of equal ones the lowest), so
 * that large blocks stay whole. Undefined when the subnet is full.
 */
export function nextFreeAddress(
  store: Store,
  subnet: SubnetRecord,
  exclude: readonly string[] = [],
): string | undefined {
  const { version } = networkOf(subnet.cidr);
  const excluded = exclude.flatMap((ip) => {
    const value = parseAddress(ip)?.value;
    return value === undefined ? [] : [{ first: value, last: value, purposes: ["excluded"] }];
  });
  const free = rangesNotInUse(store, subnet).flatMap((range) => {
    const within = excluded.filter((one) => one.first >= range.first && one.last <= range.last);
    return within.length === 0 ? [range] : splitAround(range, within);
  });
  const [smallest] = free.sort((a, b) =>
    size(a) !== size(b) ? (size(a) < size(b) ? -1 : 1) : a.first < b.first ? -1 : 1,
  );
  return smallest && formatAddress({ version, value: smallest.first });
}

function splitAround(range: PurposeRange, holes: readonly PurposeRange[]): PurposeRange[] {
  const parts: PurposeRange[] = [];
  let first = range.first;
  for (const hole of condense(holes)) {
    if (hole.first > first) parts.push({ ...range, first, last: hole.first - 1n });
    first = hole.last + 1n;
  }
  if (first <= range.last) parts.push({ ...range, first });
  return parts;
}
