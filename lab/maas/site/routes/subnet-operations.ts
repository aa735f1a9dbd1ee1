import { addressesInUse } from "../../machines/held-addresses";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { compareAddresses, formatAddress, networkOf } from "../address";
import { subnetOfPath } from "../find-subnet";
import { renderRange, size, UNUSED, type PurposeRange } from "../ip-set";
import type { SubnetRecord } from "../model";
import { readBoolean } from "../string-bool";
import { suggestDynamicRange, suggestGateway } from "../subnet-suggestions";
import { fullRange, rangesInUse, rangesNotInUse } from "../subnet-usage";
import { dnsRecordsOf } from "../dns-addresses";
import { webDate } from "../web-date";

const DISCOVERED = 6;
const NODE_TYPE_RACK = 2;

function flag({ query }: MaasRequest, name: string, absent: boolean): boolean {
  return readBoolean(name, query.get(name)) ?? absent;
}

function statistics(request: MaasRequest): JsonObject {
  const { store, params } = request;
  const subnet = subnetOfPath(store, params["id"] ?? "");
  const { version } = networkOf(subnet.cidr);
  const ranges = fullRange(store, subnet);
  const free = ranges.filter((range) => range.purposes.includes(UNUSED));
  const total = ranges.reduce((sum, range) => sum + size(range), 0n);
  const available = free.reduce((sum, range) => sum + size(range), 0n);
  const usage = Number(total - available) / Number(total);
  const text = (value: bigint): string => formatAddress({ version, value });
  return {
    num_available: Number(available),
    largest_available: free.reduce((most, range) => Math.max(most, Number(size(range))), 0),
    num_unavailable: Number(total - available),
    total_addresses: Number(total),
    usage,
    usage_string: percent(usage),
    available_string: percent(Number(available) / Number(total)),
    first_address: text(ranges[0]?.first ?? 0n),
    last_address: text(ranges.at(-1)?.last ?? 0n),
    ip_version: version,
    ...(flag(request, "include_ranges", false) && { ranges: ranges.map((range) => withPurpose(version, range)) }),
    ...(flag(request, "include_suggestions", false) && {
      suggested_gateway: suggestGateway(version, ranges),
      suggested_dynamic_range: suggestDynamicRange(version, ranges),
    }),
  };
}

/** Rounds half to even, as Python's formatting does. */
function percent(ratio: number): string {
  const value = ratio * 100;
  const down = Math.floor(value);
  const half = value - down === 0.5;
  return `${half ? (down % 2 === 0 ? down : down + 1) : Math.round(value)}%`;
}

function withPurpose(version: 4 | 6, range: PurposeRange): JsonObject {
  return { ...renderRange(version, range), purpose: [...range.purposes] };
}

interface Row {
  ip: string;
  allocType: number;
  created: string;
  updated: string;
  user: string | null;
  node?: JsonObject;
}

function rows(store: Store, subnet: SubnetRecord): Row[] {
  const domainName = (id: number): string => store.site.domains.find((domain) => domain.id === id)?.name ?? "";
  const node = (systemId: string, nodeType: number, hostname: string, domainId: number, via: string): JsonObject => ({
    system_id: systemId,
    node_type: nodeType,
    fqdn: `${hostname}.${domainName(domainId)}`,
    hostname,
    is_container: false,
    via,
  });
  const held = addressesInUse(store, subnet.id).map((address) => ({
    ...address,
    user: address.allocType === DISCOVERED ? address.user : (address.owner ?? address.user),
    node: node(address.systemId, 0, address.hostname, address.domainId, address.interfaceName),
  }));
  const racks = store.site.rackControllers.flatMap((rack) =>
    rack.addresses
      .filter((address) => address.subnetId === subnet.id)
      .map((address) => ({
        ...address,
        allocType: 1,
        node: node(rack.systemId, NODE_TYPE_RACK, rack.hostname, rack.domainId, rack.interfaceName),
      })),
  );
  const reserved = store.site.reservedAddresses
    .filter((address) => address.subnetId === subnet.id)
    .map((address) => ({ ...address, allocType: 4 }));
  return [...held, ...racks, ...reserved].sort((a, b) => compareAddresses(a.ip, b.ip));
}

function ipAddresses(request: MaasRequest): JsonObject[] {
  const { store, params } = request;
  const subnet = subnetOfPath(store, params["id"] ?? "");
  const withUser = flag(request, "with_username", true);
  const withSummary = flag(request, "with_summary", true) && flag(request, "with_node_summary", true);
  return rows(store, subnet).map((row) => {
    const records = withSummary ? dnsRecordsOf(store, row.ip) : [];
    return {
      ip: row.ip,
      alloc_type: row.allocType,
      created: webDate(row.created),
      updated: webDate(row.updated),
      ...(withUser && row.user !== null && { user: row.user }),
      ...(withSummary && row.node !== undefined && { node_summary: row.node }),
      ...(records.length > 0 && { dns_records: records }),
    };
  });
}

function operation(name: string, handle: (request: MaasRequest) => JsonObject | JsonObject[]): Route {
  return {
    method: "GET",
    path: "/subnets/:id/",
    operation: name,
    handle: (request) => ({ status: 200, json: handle(request) }),
  };
}

/** `subnets/{…}/?op=` ip_addresses, statistics, reserved_ip_ranges, unreserved_ip_ranges. */
export const subnetOperationRoutes: Route[] = [
  operation("reserved_ip_ranges", ({ store, params }) => {
    const subnet = subnetOfPath(store, params["id"] ?? "");
    return rangesInUse(store, subnet).map((range) => withPurpose(networkOf(subnet.cidr).version, range));
  }),
  operation("unreserved_ip_ranges", ({ store, params }) => {
    const subnet = subnetOfPath(store, params["id"] ?? "");
    const { version } = networkOf(subnet.cidr);
    return rangesNotInUse(store, subnet).map((range) => ({ ...renderRange(version, range) }));
  }),
  operation("statistics", statistics),
  operation("ip_addresses", ipAddresses),
];
