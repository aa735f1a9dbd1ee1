import {
  flagAt,
  listAt,
  numberAt,
  numberOrNull,
  objectAt,
  textAt,
  textOrNull,
  textsAt,
} from "../machines/import-values";
import type { JsonObject } from "../json";
import type { SiteState } from "../site/model";
import type { Store } from "../store";

/** Kinds of site objects that an answer can hold. */
export type SiteKind =
  | "pools"
  | "zones"
  | "spaces"
  | "fabrics"
  | "vlans"
  | "subnets"
  | "ipRanges"
  | "staticRoutes"
  | "domains"
  | "dnsResources"
  | "dnsResourceRecords"
  | "tags"
  | "users";

/** First word of a resource's address and the kind of the object that has it. */
const KINDS: Record<string, SiteKind> = {
  resourcepool: "pools",
  zones: "zones",
  spaces: "spaces",
  fabrics: "fabrics",
  vlans: "vlans",
  subnets: "subnets",
  ipranges: "ipRanges",
  "static-routes": "staticRoutes",
  domains: "domains",
  dnsresources: "dnsResources",
  dnsresourcerecords: "dnsResourceRecords",
  tags: "tags",
  users: "users",
};

/** What kind of site object an answer is, by its resource_uri; undefined for machines and everything else. */
export function siteKindOf(body: JsonObject): SiteKind | undefined {
  const [, section, key] = /^\/MAAS\/api\/2\.0\/([a-z-]+)\/([^/]+)\/$/.exec(textAt(body, "resource_uri")) ?? [];
  return section === undefined || key === "-1" || key === "undefined" ? undefined : KINDS[section];
}

function idOf(body: JsonObject, key: string): number {
  return numberAt(objectAt(body, key), "id");
}

function described(body: JsonObject): { id: number; name: string; description: string } {
  return { id: numberAt(body, "id"), name: textAt(body, "name"), description: textAt(body, "description") };
}

function spaceId(site: SiteState, name: string): number | null {
  return site.spaces.find((space) => space.name === name)?.id ?? null;
}

function reserve(store: Store, body: JsonObject): number {
  const ip = textAt(body, "ip");
  const known = store.site.reservedAddresses.find((address) => address.ip === ip);
  if (known !== undefined) return known.id;
  const subnet = objectAt(body, "subnet");
  const created = textAt(body, "created");
  const id = store.nextId("address");
  store.site.reservedAddresses.push({
    id,
    ip,
    subnetId: numberOrNull(subnet, "id"),
    user: textOrNull(objectAt(body, "owner"), "username"),
    created,
    updated: created,
  });
  return id;
}

function splitName(site: SiteState, fqdn: string): { name: string; domainId: number } {
  const own = site.domains.find((domain) => domain.name === fqdn);
  if (own !== undefined) return { name: "@", domainId: own.id };
  const parents = site.domains.filter((domain) => fqdn.endsWith(`.${domain.name}`));
  const [parent] = parents.sort((a, b) => b.name.length - a.name.length);
  return { name: fqdn.slice(0, -(parent?.name.length ?? 0) - 1), domainId: parent?.id ?? site.defaults.domainId };
}

const IMPORTERS: Record<SiteKind, (store: Store, body: JsonObject) => void> = {
  pools: ({ site }, body) => site.pools.push(described(body)),
  zones: ({ site }, body) => site.zones.push(described(body)),
  spaces: ({ site }, body) => site.spaces.push(described(body)),
  fabrics: ({ site }, body) => {
    site.fabrics.push({ ...described(body), classType: textOrNull(body, "class_type") });
  },
  vlans: ({ site }, body) => {
    site.vlans.push({
      id: numberAt(body, "id"),
      fabricId: numberAt(body, "fabric_id"),
      vid: numberAt(body, "vid"),
      name: textOrNull(body, "name"),
      description: "",
      mtu: numberAt(body, "mtu"),
      dhcpOn: flagAt(body, "dhcp_on"),
      externalDhcp: textOrNull(body, "external_dhcp"),
      relayVlanId: numberOrNull(objectAt(body, "relay_vlan"), "id"),
      primaryRack: textOrNull(body, "primary_rack"),
      secondaryRack: textOrNull(body, "secondary_rack"),
      spaceId: spaceId(site, textAt(body, "space")),
    });
  },
  subnets: ({ site }, body) => {
    site.subnets.push({
      ...described(body),
      vlanId: idOf(body, "vlan"),
      cidr: textAt(body, "cidr"),
      rdnsMode: numberAt(body, "rdns_mode"),
      gatewayIp: textAt(body, "gateway_ip") || null,
      dnsServers: textsAt(body, "dns_servers"),
      allowDns: flagAt(body, "allow_dns"),
      allowProxy: flagAt(body, "allow_proxy"),
      activeDiscovery: flagAt(body, "active_discovery"),
      managed: flagAt(body, "managed"),
      disabledBootArchitectures: textsAt(body, "disabled_boot_architectures"),
    });
  },
  ipRanges: ({ site }, body) => {
    site.ipRanges.push({
      id: numberAt(body, "id"),
      type: textAt(body, "type") === "dynamic" ? "dynamic" : "reserved",
      startIp: textAt(body, "start_ip"),
      endIp: textAt(body, "end_ip"),
      comment: textAt(body, "comment"),
      subnetId: idOf(body, "subnet"),
      user: textOrNull(objectAt(body, "user"), "username"),
    });
  },
  staticRoutes: ({ site }, body) => {
    site.staticRoutes.push({
      id: numberAt(body, "id"),
      sourceId: idOf(body, "source"),
      destinationId: idOf(body, "destination"),
      gatewayIp: textAt(body, "gateway_ip"),
      metric: numberAt(body, "metric"),
    });
  },
  domains: ({ site }, body) => {
    const id = numberAt(body, "id");
    const authoritative = flagAt(body, "authoritative");
    site.domains.push({ id, name: textAt(body, "name"), authoritative, ttl: numberOrNull(body, "ttl") });
    if (flagAt(body, "is_default")) site.defaults.domainId = id;
  },
  dnsResources: (store, body) => {
    store.site.dnsResources.push({
      id: numberAt(body, "id"),
      ...splitName(store.site, textAt(body, "fqdn")),
      addressTtl: numberOrNull(body, "address_ttl"),
      addressIds: listAt(body, "ip_addresses").map((address) => reserve(store, address)),
    });
  },
  dnsResourceRecords: ({ site }, body) => {
    const { name, domainId } = splitName(site, textAt(body, "fqdn"));
    const resource = site.dnsResources.find((one) => one.name === name && one.domainId === domainId);
    site.dnsResourceRecords.push({
      id: numberAt(body, "id"),
      dnsResourceId: resource?.id ?? 0,
      rrtype: textAt(body, "rrtype"),
      rrdata: textAt(body, "rrdata"),
      ttl: numberOrNull(body, "ttl"),
    });
  },
  tags: (store, body) => {
    store.site.tags.push({
      id: store.nextId("tag"),
      name: textAt(body, "name"),
      definition: textAt(body, "definition"),
      comment: textAt(body, "comment"),
      kernelOpts: textAt(body, "kernel_opts"),
    });
  },
  users: (store, body) => {
    const user = { username: textAt(body, "username"), email: textAt(body, "email") };
    store.site.users.push({ ...user, id: store.nextId("user"), isSuperuser: flagAt(body, "is_superuser") });
  },
};

/** Order in which objects are put in, so that what they refer to is there. */
const ORDER: readonly SiteKind[] = [
  "users",
  "pools",
  "zones",
  "spaces",
  "fabrics",
  "vlans",
  "subnets",
  "ipRanges",
  "staticRoutes",
  "domains",
  "dnsResources",
  "dnsResourceRecords",
  "tags",
];

/**
 * Puts site objects as a real region answers them in the place of those that the region has (ids as answered; kinds of
 * which there is none stay as they are). Sequences go on behind the ids.
 */
export function importSite(store: Store, objects: readonly JsonObject[]): void {
  for (const kind of ORDER) {
    const bodies = objects.filter((body) => siteKindOf(body) === kind);
    if (bodies.length === 0) continue;
    store.site[kind].length = 0;
    for (const body of bodies) IMPORTERS[kind](store, body);
  }
  store.changed();
}
