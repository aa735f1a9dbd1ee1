import { renderHolder } from "../machines/render/render-holder";
import type { JsonObject } from "../json";
import type { Store } from "../store";
import { addressRows, type AddressRow } from "./dns-addresses";
import type { DnsDataRecord, DnsResourceRecord } from "./model";
import { renderSubnet } from "./render-subnet";
import { renderUser } from "./render-user";

const ALLOCATION_NAMES: Record<number, string> = {
  0: "Automatic",
  1: "Static",
  4: "User reserved",
  5: "DHCP",
  6: "Observed",
};

/** The full name of a resource; `@` is the domain itself. */
export function fqdnOf(store: Store, resource: { name: string; domainId: number }): string {
  const domain = store.site.domains.find((candidate) => candidate.id === resource.domainId)?.name ?? "";
  return resource.name === "@" ? domain : `${resource.name}.${domain}`;
}

/** A record that is no address, as MAAS answers it. */
export function renderDnsData(store: Store, record: DnsDataRecord): JsonObject {
  const resource = store.site.dnsResources.find((candidate) => candidate.id === record.dnsResourceId);
  return {
    id: record.id,
    fqdn: resource === undefined ? "" : fqdnOf(store, resource),
    ttl: record.ttl,
    rrtype: record.rrtype,
    rrdata: record.rrdata,
    resource_uri: `/MAAS/api/2.0/dnsresourcerecords/${record.id}/`,
  };
}

function renderAddress(store: Store, row: AddressRow): JsonObject {
  const owner = store.site.users.find((user) => user.username === row.user);
  const held = row.holder && renderHolder(store, row.holder.systemId, row.holder.interfaceName);
  return {
    alloc_type: row.allocType,
    alloc_type_name: ALLOCATION_NAMES[row.allocType] ?? "",
    created: row.created,
    ip: row.ip,
    owner: owner === undefined ? null : renderUser(owner),
    interface_set: held === undefined ? [] : [held],
    subnet: row.subnetId === null ? null : renderSubnet(store, row.subnetId),
    resource_uri: "/MAAS/api/2.0/ipaddresses/",
  };
}

/** A DNS resource as MAAS answers it: its name only as `fqdn`, its addresses as objects. */
export function renderDnsResource(store: Store, resource: DnsResourceRecord): JsonObject {
  const rows = addressRows(store);
  const records = store.site.dnsResourceRecords
    .filter((record) => record.dnsResourceId === resource.id)
    .sort((a, b) => (a.rrtype < b.rrtype ? -1 : a.rrtype > b.rrtype ? 1 : 0));
  return {
    id: resource.id,
    fqdn: fqdnOf(store, resource),
    address_ttl: resource.addressTtl,
    ip_addresses: resource.addressIds.flatMap((id) =>
      rows.filter((row) => row.id === id).map((row) => renderAddress(store, row)),
    ),
    resource_records: records.map((record) => renderDnsData(store, record)),
    resource_uri: `/MAAS/api/2.0/dnsresources/${resource.id}/`,
  };
}
