import { notFound, refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { pruneDnsResources } from "../dns-addresses";
import { implicitRecords } from "../implicit-records";
import type { DnsResourceRecord } from "../model";
import { findByReference } from "../references";
import { renderDnsResource } from "../render-dns-resource";
import { readBoolean } from "../string-bool";
import { update } from "../touch";
import { ensureAddresses, readDnsResource, readSentName } from "./dns-resource-form";
import { resourceRoutes } from "./resource-routes";

function find({ store, params }: MaasRequest): DnsResourceRecord {
  pruneDnsResources(store);
  const found = findByReference(store.site.dnsResources, params["id"] ?? "", "dnsresource");
  if (found.length > 1) throw refusal(403, "Too many DNSResource objects match the given query.");
  if (found[0] === undefined) throw notFound("DNSResource");
  return found[0];
}

function create(request: MaasRequest): DnsResourceRecord {
  const { store, user } = request;
  pruneDnsResources(store);
  const { addresses = [], addressTtl = null, name, domainId } = readDnsResource(request);
  const addressIds = [...new Set(ensureAddresses(store, user, addresses))];
  const resource = { id: store.nextId("dnsresource"), name, domainId, addressTtl, addressIds };
  store.site.dnsResources.push(resource);
  return resource;
}

function change(request: MaasRequest, resource: DnsResourceRecord): void {
  const { store, user } = request;
  const { addresses, ...values } = readDnsResource(request, resource);
  // The real server's form sees only the last of the present addresses when none are sent, and keeps that one alone.
  const wanted = addresses ?? resource.addressIds.slice(-1);
  const ids = [...new Set(ensureAddresses(store, user, wanted))];
  const kept = resource.addressIds.filter((id) => ids.includes(id));
  const addressIds = [...kept, ...ids.filter((id) => !kept.includes(id))];
  update(store.site.dnsResources, resource, { ...values, addressIds });
}

/** Orders by domain, then by name. */
export function byDomainAndName(a: { domainId: number; name: string }, b: { domainId: number; name: string }): number {
  return a.domainId - b.domainId || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** With `all=true` each domain's resources follow the address records that MAAS itself serves there. */
function list({ store, query }: MaasRequest): JsonObject[] {
  pruneDnsResources(store);
  const rrtype = query.get("rrtype")?.toUpperCase();
  const all = readBoolean("all", query.get("all")) ?? false;
  const names = { fqdn: query.get("fqdn"), name: query.get("name"), domain: query.get("domain") };
  const { name, domain } = readSentName(store, names, rrtype);
  const withType = (resource: DnsResourceRecord): boolean =>
    rrtype === undefined ||
    store.site.dnsResourceRecords.some((record) => record.dnsResourceId === resource.id && record.rrtype === rrtype);
  const resources = store.site.dnsResources
    .filter((resource) => domain === undefined || resource.domainId === domain.id)
    .filter((resource) => name === undefined || resource.name === name)
    .filter(withType)
    .sort(byDomainAndName);
  if (!all) return resources.map((resource) => renderDnsResource(store, resource));
  const visited = new Set<number>();
  const listed: JsonObject[] = [];
  const implicit = (domainId: number): void => {
    const visit = store.site.domains.find((candidate) => candidate.id === domainId);
    if (visit === undefined || visited.has(domainId)) return;
    visited.add(domainId);
    listed.push(...implicitRecords(store, visit, { name, rrtype }));
  };
  for (const resource of resources) {
    implicit(resource.domainId);
    listed.push(renderDnsResource(store, resource));
  }
  for (const { id } of domain === undefined ? store.site.domains : [domain]) implicit(id);
  return listed;
}

const routes = resourceRoutes<DnsResourceRecord>({
  collection: "/dnsresources/",
  item: "/dnsresources/:id/",
  list: () => [],
  create,
  find,
  change,
  remove: ({ store }, resource) => {
    store.site.dnsResources = store.site.dnsResources.filter((other) => other !== resource);
    store.site.dnsResourceRecords = store.site.dnsResourceRecords.filter((one) => one.dnsResourceId !== resource.id);
  },
  render: (store: Store, resource) => renderDnsResource(store, resource),
});

/** `dnsresources/` and `dnsresources/{id or name}/`. */
export const dnsResourceRoutes: Route[] = routes.map((route) =>
  route.method === "GET" && route.path === "/dnsresources/"
    ? { ...route, handle: (request: MaasRequest) => ({ status: 200, json: list(request) }) }
    : route,
);
