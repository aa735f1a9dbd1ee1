import type { JsonObject } from "../json";
import type { Store } from "../store";
import { renderVlan, spaceName } from "./render-vlan";

/** A subnet as MAAS answers it, with its VLAN as a whole object. */
export function renderSubnet(store: Store, subnetId: number): JsonObject {
  const subnet = store.site.subnets.find((candidate) => candidate.id === subnetId);
  if (subnet === undefined) throw new Error(`no subnet with id ${subnetId}`);
  const vlan = store.site.vlans.find((candidate) => candidate.id === subnet.vlanId);
  return {
    id: subnet.id,
    name: subnet.name,
    description: subnet.description,
    vlan: renderVlan(store, subnet.vlanId),
    space: spaceName(store, vlan?.spaceId ?? null),
    cidr: subnet.cidr,
    gateway_ip: subnet.gatewayIp,
    dns_servers: [...subnet.dnsServers],
    rdns_mode: subnet.rdnsMode,
    active_discovery: subnet.activeDiscovery,
    allow_dns: subnet.allowDns,
    allow_proxy: subnet.allowProxy,
    managed: subnet.managed,
    disabled_boot_architectures: [...subnet.disabledBootArchitectures],
    resource_uri: `/MAAS/api/2.0/subnets/${subnet.id}/`,
  };
}
