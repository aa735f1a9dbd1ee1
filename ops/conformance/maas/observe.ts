import { listAt, numberAt, objectAt, textAt } from "../../../lab/maas/machines/import-values";
import type { JsonObject, JsonValue } from "../../../lab/maas/json";

function isRecord(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function condensedInterface(nic: JsonObject): JsonObject {
  return {
    id: numberAt(nic, "id"),
    type: textAt(nic, "type"),
    mac: nic["mac_address"] ?? null,
    vlan: nic["vlan"] === null ? null : numberAt(objectAt(nic, "vlan"), "id"),
    parents: nic["parents"] ?? [],
    children: nic["children"] ?? [],
    links: listAt(nic, "links").map((link) => [
      link["id"] ?? null,
      link["mode"] ?? null,
      objectAt(link, "subnet")["cidr"] ?? null,
      link["ip_address"] ?? null,
    ]),
    params: nic["params"] ?? {},
    effective_mtu: nic["effective_mtu"] ?? null,
    enabled: nic["enabled"] ?? null,
    link_connected: nic["link_connected"] ?? null,
  };
}

function condensedDevice(device: JsonObject): JsonObject {
  return {
    type: textAt(device, "type"),
    size: device["size"] ?? null,
    used_for: device["used_for"] ?? null,
    parts: listAt(device, "partitions").map((part) => [part["size"] ?? null, part["used_for"] ?? null]),
  };
}

function byName(objects: readonly JsonObject[], condense: (object: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(objects.map((object) => [textAt(object, "name"), condense(object)]));
}

/** What an observation is about. */
export type Subject = "interfaces" | "block devices" | "other";

/** Tells from its shape what an observation is about. */
export function subjectOf(observed: JsonValue): Subject {
  const [first] = isRecord(observed) ? Object.values(observed) : [];
  if (!isRecord(first)) return "other";
  if ("links" in first && "mac" in first) return "interfaces";
  return "parts" in first ? "block devices" : "other";
}

/** Condenses a whole machine answer the way an observation does. */
export function condense(machine: JsonObject, subject: Subject, observed: JsonValue): JsonValue {
  if (subject === "interfaces") return byName(listAt(machine, "interface_set"), condensedInterface);
  if (subject === "block devices") return byName(listAt(machine, "blockdevice_set"), condensedDevice);
  if (Array.isArray(observed)) return machine["tag_names"] ?? [];
  if (!isRecord(observed)) return machine["description"] ?? null;
  return Object.fromEntries(Object.keys(observed).map((key) => [key, machine[key] ?? null]));
}

/** Names links' and VLANs' ids in condensed interfaces, so that they are compared as ids. */
export function named(condensed: JsonValue, subject: Subject): JsonValue {
  if (subject !== "interfaces" || !isRecord(condensed)) return condensed;
  const entries = Object.entries(condensed).map(([name, nic]): [string, JsonValue] => {
    if (!isRecord(nic)) return [name, nic];
    const links = Array.isArray(nic["links"]) ? nic["links"] : [];
    return [
      name,
      {
        ...nic,
        resource_uri: "/interfaces/0/",
        vlan: nic["vlan"] === null ? null : { id: nic["vlan"] ?? null, resource_uri: "/vlans/0/" },
        links: links.map((link) =>
          Array.isArray(link)
            ? { id: link[0] ?? null, mode: link[1] ?? null, cidr: link[2] ?? null, ip: link[3] ?? null }
            : link,
        ),
      },
    ];
  });
  return Object.fromEntries(entries);
}
