import { z } from "zod";
import { formatRoute, formatServers, type SiteSettings } from "../../providers/maas/host-network/site-settings";
import type { PreviousResource } from "./previous-state";

/** The part of a recorded subnet that is read; null = not managed by the stack. */
const subnetState = z.object({
  cidr: z.string(),
  gateway: z.string().nullish(),
  dnsServers: z.array(z.string()).nullish(),
});

const routeState = z.object({
  source: z.string(),
  destination: z.string(),
  gateway: z.string(),
  metric: z.number(),
});

/**
 * Returns the settings of subnets that the last run of this stack set: gateways, DNS servers and static routes by the CIDR of their subnet. Pure.
 */
export function recordedSettings(previous: readonly PreviousResource[]): SiteSettings {
  const recorded: Record<string, SiteSettings[string]> = {};
  const of = (cidr: string): SiteSettings[string] => (recorded[cidr] ??= { settings: {}, routes: {} });
  for (const { type, outputs } of previous) {
    const subnet = type.endsWith("/maas:Subnet") ? subnetState.safeParse(outputs).data : undefined;
    const route = type.endsWith("/maas:StaticRoute") ? routeState.safeParse(outputs).data : undefined;
    if (subnet !== undefined) {
      const { cidr, gateway, dnsServers } = subnet;
      if (gateway) of(cidr).settings["gateway"] = gateway;
      if (dnsServers && dnsServers.length > 0) of(cidr).settings["dnsServers"] = formatServers(dnsServers);
    }
    if (route !== undefined) of(route.source).routes[route.destination] = formatRoute(route.gateway, route.metric);
  }
  return recorded;
}
