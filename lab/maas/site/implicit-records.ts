import { addressesInUse } from "../machines/held-addresses";
import type { JsonObject } from "../json";
import type { Store } from "../store";
import { parseAddress } from "./address";
import { addressRows } from "./dns-addresses";
import type { DomainRecord } from "./model";

const DISCOVERED = 6;

interface Entry {
  /** Without the domain; empty for the domain itself. */
  name: string;
  systemId: string | null;
  nodeType: number | null;
  userId: number | null;
  dnsResourceId: number | null;
  ttl: number | null;
  ips: string[];
}

function ofResources(store: Store, domain: DomainRecord): Entry[] {
  const rows = addressRows(store);
  return store.site.dnsResources
    .filter((resource) => resource.domainId === domain.id && resource.addressIds.length > 0)
    .map((resource) => {
      const held = rows.filter((row) => resource.addressIds.includes(row.id));
      const user = store.site.users.find((candidate) => candidate.username === held[0]?.user);
      return {
        name: resource.name === "@" ? "" : resource.name,
        systemId: null,
        nodeType: null,
        userId: user?.id ?? null,
        dnsResourceId: resource.id,
        ttl: resource.addressTtl,
        ips: held.map((row) => row.ip),
      };
    });
}

/** A machine is known by the addresses it was given, and until it has one by those it was seen with. */
function ofMachines(store: Store, domain: DomainRecord): Entry[] {
  const bySystem = new Map<string, ReturnType<typeof addressesInUse>>();
  for (const address of addressesInUse(store)) {
    if (address.domainId !== domain.id) continue;
    bySystem.set(address.systemId, [...(bySystem.get(address.systemId) ?? []), address]);
  }
  return [...bySystem].map(([systemId, addresses]) => {
    const given = addresses.filter((address) => address.allocType !== DISCOVERED);
    const shown = given.length > 0 ? given : addresses;
    return {
      name: addresses[0]?.hostname ?? "",
      systemId,
      nodeType: 0,
      userId: null,
      dnsResourceId: null,
      ttl: null,
      ips: [...new Set(shown.map((address) => address.ip))],
    };
  });
}

function ofRacks(store: Store, domain: DomainRecord): Entry[] {
  return store.site.rackControllers
    .filter((rack) => rack.domainId === domain.id && rack.addresses.length > 0)
    .map((rack) => ({
      name: rack.hostname,
      systemId: rack.systemId,
      nodeType: 2,
      userId: null,
      dnsResourceId: null,
      ttl: null,
      ips: rack.addresses.map((address) => address.ip),
    }));
}

function renderEntry(domain: DomainRecord, entry: Entry): JsonObject {
  return {
    id: -1,
    fqdn: `${entry.name}.${domain.name}`,
    address_ttl: null,
    ip_addresses: null,
    resource_records: entry.ips.map((ip) => ({
      system_id: entry.systemId,
      node_type: entry.nodeType,
      user_id: entry.userId,
      dnsresource_id: entry.dnsResourceId,
      ttl: entry.ttl,
      rrtype: parseAddress(ip)?.version === 6 ? "AAAA" : "A",
      rrdata: ip,
      dnsdata_id: null,
    })),
    resource_uri: "/MAAS/api/2.0/dnsresources/-1/",
  };
}

/** The address records that MAAS serves in a domain, of DNS resources, machines and racks, as `all=true` lists them. */
export function implicitRecords(
  store: Store,
  domain: DomainRecord,
  filter: { name: string | undefined; rrtype: string | undefined },
): JsonObject[] {
  return [...ofResources(store, domain), ...ofMachines(store, domain), ...ofRacks(store, domain)]
    .filter((entry) => filter.name === undefined || entry.name === filter.name)
    .map((entry) => ({
      ...entry,
      ips: entry.ips.filter((ip) => {
        const type = parseAddress(ip)?.version === 6 ? "AAAA" : "A";
        return filter.rrtype === undefined || filter.rrtype === type;
      }),
    }))
    .filter((entry) => entry.ips.length > 0)
    .map((entry) => renderEntry(domain, entry));
}
