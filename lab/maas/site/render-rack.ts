import type { JsonObject } from "../json";
import type { Store } from "../store";
import type { RackControllerRecord } from "./model";
import { renderDomain } from "./render-domain";
import { renderSubnet } from "./render-subnet";
import { renderVlan } from "./render-vlan";
import { renderZone } from "./render-zone";

function renderInterface(store: Store, rack: RackControllerRecord): JsonObject {
  return {
    ...rack.interfaceDetails,
    id: rack.interfaceId,
    system_id: rack.systemId,
    name: rack.interfaceName,
    mac_address: rack.macAddress,
    vlan: renderVlan(store, rack.vlanId),
    links: rack.addresses.map((address) => ({
      id: address.linkId,
      mode: "static",
      ip_address: address.ip,
      subnet: renderSubnet(store, address.subnetId),
    })),
    resource_uri: `/MAAS/api/2.0/nodes/${rack.systemId}/interfaces/${rack.interfaceId}/`,
  };
}

/** A rack controller as MAAS answers it. */
export function renderRack(store: Store, rack: RackControllerRecord): JsonObject {
  const zone = store.site.zones.find((candidate) => candidate.id === rack.zoneId);
  const domain = store.site.domains.find((candidate) => candidate.id === rack.domainId);
  return {
    ...rack.details,
    system_id: rack.systemId,
    hostname: rack.hostname,
    fqdn: `${rack.hostname}.${domain?.name ?? ""}`,
    zone: zone === undefined ? null : renderZone(zone),
    domain: domain === undefined ? null : renderDomain(store, domain),
    interface_set: [renderInterface(store, rack)],
    resource_uri: `/MAAS/api/2.0/rackcontrollers/${rack.systemId}/`,
  };
}
