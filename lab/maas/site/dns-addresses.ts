import { addressesInUse } from "../machines/held-addresses";
import type { JsonObject } from "../json";
import type { Store } from "../store";

/** An address of the region, whoever holds it. */
export interface AddressRow {
  id: number;
  ip: string;
  allocType: number;
  subnetId: number | null;
  user: string | null;
  created: string;
  /** The interface that holds it. */
  holder?: { systemId: string; interfaceName: string };
}

const STICKY = 1;
const USER_RESERVED = 4;

/** Every address of the region: of machines, racks and DNS resources, in the order of their ids. */
export function addressRows(store: Store): AddressRow[] {
  const machines = addressesInUse(store).map(({ linkId, systemId, interfaceName, ...row }) => ({
    ...row,
    id: linkId,
    holder: { systemId, interfaceName },
  }));
  const racks = store.site.rackControllers.flatMap(({ systemId, interfaceName, addresses }) =>
    addresses.map((row) => ({ ...row, id: row.linkId, allocType: STICKY, holder: { systemId, interfaceName } })),
  );
  const reserved = store.site.reservedAddresses.map((row) => ({ ...row, allocType: USER_RESERVED }));
  return [...machines, ...racks, ...reserved].sort((a, b) => a.id - b.id);
}

/** Takes addresses that are gone out of the DNS resources; a resource that loses its last one that way goes too. */
export function pruneDnsResources(store: Store): void {
  if (store.site.dnsResources.every((resource) => resource.addressIds.length === 0)) return;
  const present = new Set(addressRows(store).map((row) => row.id));
  const orphans = new Set<number>();
  for (const resource of store.site.dnsResources) {
    const left = resource.addressIds.filter((id) => present.has(id));
    if (left.length === 0 && resource.addressIds.length > 0) orphans.add(resource.id);
    resource.addressIds = left;
  }
  if (orphans.size === 0) return;
  store.site.dnsResources = store.site.dnsResources.filter((resource) => !orphans.has(resource.id));
  store.site.dnsResourceRecords = store.site.dnsResourceRecords.filter((one) => !orphans.has(one.dnsResourceId));
  store.changed();
}

/** The DNS resources that name an address, as address lists show them. */
export function dnsRecordsOf(store: Store, ip: string): JsonObject[] {
  const ids = new Set(addressRows(store).flatMap((row) => (row.ip === ip ? [row.id] : [])));
  return store.site.dnsResources
    .filter((resource) => resource.addressIds.some((id) => ids.has(id)))
    .map((resource) => ({
      id: resource.id,
      name: resource.name,
      domain: store.site.domains.find((domain) => domain.id === resource.domainId)?.name ?? "",
    }));
}
