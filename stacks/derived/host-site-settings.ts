import { formatRoute, formatServers, type SiteSettings } from "../../providers/maas/host-network/site-settings";
import type { SiteObjects } from "../../providers/maas/look-ups/site-objects";
import { unmark } from "../../providers/maas/marker";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter } from "../description/datacenter";
import type { HostNetworkSection } from "../description/networks";

/**
 * Returns the settings that hosts get from some subnets when they are deployed, as far as this datacenter manages them: what is described, and
 * every setting of a subnet that it creates or created. Pure.
 *
 * @param cidrs the subnets that a host has addresses in
 */
export function managedSettings(
  { name, networks }: Pick<Datacenter, "name" | "networks">,
  objects: Pick<SiteObjects, "subnets">,
  cidrs: readonly string[],
): SiteSettings {
  const all = hostNetworks(networks);
  return Object.fromEntries(
    all
      .filter(({ cidr }) => cidrs.includes(cidr))
      .map((network): [string, SiteSettings[string]] => {
        const existing = objects.subnets.find(({ cidr }) => cidr === network.cidr);
        const own = existing === undefined || unmark(existing.description).datacenter === name;
        const routes = network.remote.map(({ cidr, gateway, metric }) => [cidr, formatRoute(gateway, metric)]);
        return [
          network.cidr,
          { settings: settingsOf(network, own, all), routes: Object.fromEntries(routes) as Record<string, string> },
        ];
      }),
  );
}

function settingsOf(
  network: HostNetworkSection,
  own: boolean,
  all: readonly HostNetworkSection[],
): SiteSettings[string]["settings"] {
  const { described, vlan, gateway, dnsServers } = network;
  const onVlan = all.filter((other) => other.vlan === vlan);
  return {
    ...(own || described.includes("gateway") ? { gateway } : {}),
    ...(own || described.includes("dnsServers") ? { dnsServers: formatServers(dnsServers) } : {}),
    // The VLAN that several networks share has the largest MTU of them.
    ...(described.includes("mtu") ? { mtu: String(Math.max(1500, ...onVlan.map(({ mtu }) => mtu))) } : {}),
  };
}
