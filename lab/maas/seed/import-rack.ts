import { listAt, numberAt, objectAt, textAt } from "../machines/import-values";
import type { JsonObject } from "../json";
import type { Store } from "../store";

function without(body: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
}

const RENDERED = ["system_id", "hostname", "fqdn", "zone", "domain", "interface_set", "resource_uri"];
const RENDERED_INTERFACE = ["id", "system_id", "name", "mac_address", "vlan", "links", "resource_uri"];

/**
 * Adds a rack controller as a real region answers it; only its first interface counts. The zone, domain, VLAN and
 * subnets that it refers to must exist.
 */
export function importRack(store: Store, body: JsonObject, user: string | null): void {
  const [nic = {}] = listAt(body, "interface_set");
  const now = store.now().toISOString();
  const addresses = listAt(nic, "links").flatMap((link) => {
    const ip = textAt(link, "ip_address");
    const subnetId = numberAt(objectAt(link, "subnet"), "id");
    return ip === "" ? [] : [{ linkId: numberAt(link, "id"), ip, subnetId, user, created: now, updated: now }];
  });
  store.site.rackControllers.push({
    systemId: textAt(body, "system_id"),
    hostname: textAt(body, "hostname"),
    domainId: numberAt(objectAt(body, "domain"), "id"),
    zoneId: numberAt(objectAt(body, "zone"), "id"),
    vlanId: numberAt(objectAt(nic, "vlan"), "id"),
    macAddress: textAt(nic, "mac_address"),
    interfaceId: numberAt(nic, "id"),
    interfaceName: textAt(nic, "name"),
    addresses,
    details: without(body, RENDERED),
    interfaceDetails: without(nic, RENDERED_INTERFACE),
  });
}
