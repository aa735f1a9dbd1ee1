import type { JsonObject } from "../json";
import type { Store } from "../store";
import { pruneDnsResources } from "./dns-addresses";
import type { DomainRecord } from "./model";

/** A domain as MAAS answers it; `resource_record_count` counts addresses and other records of its DNS resources. */
export function renderDomain(store: Store, domain: DomainRecord): JsonObject {
  pruneDnsResources(store);
  const resources = store.site.dnsResources.filter((resource) => resource.domainId === domain.id);
  const ids = new Set(resources.map((resource) => resource.id));
  const addresses = resources.reduce((count, resource) => count + resource.addressIds.length, 0);
  const others = store.site.dnsResourceRecords.filter((record) => ids.has(record.dnsResourceId)).length;
  return {
    id: domain.id,
    name: domain.name,
    ttl: domain.ttl,
    authoritative: domain.authoritative,
    resource_record_count: addresses + others,
    is_default: domain.id === store.site.defaults.domainId,
    resource_uri: `/MAAS/api/2.0/domains/${domain.id}/`,
  };
}
