import type { JsonObject } from "../../../lab/maas/json";
import type { IdKind } from "./id-map";

/** Kinds of the numbers in resources' addresses, by the word before the number. */
const SECTIONS: Record<string, IdKind> = {
  resourcepool: "pool",
  zones: "zone",
  fabrics: "fabric",
  vlans: "vlan",
  spaces: "space",
  subnets: "subnet",
  ipranges: "iprange",
  "static-routes": "static-route",
  domains: "domain",
  dnsresources: "dnsresource",
  dnsresourcerecords: "dnsdata",
  interfaces: "interface",
  blockdevices: "blockdevice",
  partition: "partition",
  "volume-group": "filesystem-group",
  bcache: "filesystem-group",
  raid: "filesystem-group",
  "bcache-cache-set": "cache-set",
  events: "event",
  "boot-resources": "boot-resource",
};

/** Kinds of the keys that hold an id of something else. */
const KEYS: Record<string, IdKind> = {
  fabric_id: "fabric",
  link_id: "address",
  device_id: "blockdevice",
  dnsresource_id: "dnsresource",
  dnsdata_id: "dnsdata",
  user_id: "user",
  system_id: "system",
  node: "system",
  current_commissioning_result_id: "result",
  current_testing_result_id: "result",
  current_installation_result_id: "result",
};

/** Kinds of ids of objects without an address of their own, by the key of the list that they are in. */
const LISTS: Record<string, IdKind> = {
  links: "address",
  volume_groups: "filesystem-group",
  raids: "filesystem-group",
  bcaches: "filesystem-group",
  cache_sets: "cache-set",
  events: "event",
  dns_records: "dnsresource",
};

/** Kind of the ids that stand after a word in a path; undefined for vids, names and everything that is no id. */
export function sectionKind(section: string): IdKind | undefined {
  return SECTIONS[section];
}

function ofUri(uri: string): IdKind | undefined {
  const words = uri.split("/").filter((word) => word !== "");
  const section = words.at(-2);
  return section === undefined ? undefined : SECTIONS[section];
}

/** What kind of id an object's member is; undefined when it is none. `at` is its place in the body. */
export function idKind(object: JsonObject, key: string, at: string): IdKind | undefined {
  if (key !== "id") return KEYS[key];
  const uri = object["resource_uri"];
  if (typeof uri === "string") return ofUri(uri);
  const [, list] = /([a-z_]+)\[\d+\]\.id$/.exec(at) ?? [];
  return list === undefined ? undefined : LISTS[list];
}
