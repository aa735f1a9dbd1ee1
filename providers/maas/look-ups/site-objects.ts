import type { MaasClient } from "../client/client";
import type {
  DomainAnswer,
  FabricAnswer,
  IpRangeAnswer,
  PoolAnswer,
  SettingValue,
  StaticRouteAnswer,
  SubnetAnswer,
  TagAnswer,
  ZoneAnswer,
} from "../client/site-types";

/** Every object of a MAAS that hosts stand on, as its lists have them: what a site holds before this program writes to it. */
export interface SiteObjects {
  readonly pools: readonly PoolAnswer[];
  readonly zones: readonly ZoneAnswer[];
  readonly domains: readonly DomainAnswer[];
  /** With their VLANs; MAAS has no list of VLANs alone. */
  readonly fabrics: readonly FabricAnswer[];
  readonly subnets: readonly SubnetAnswer[];
  readonly ranges: readonly IpRangeAnswer[];
  readonly staticRoutes: readonly StaticRouteAnswer[];
  readonly tags: readonly TagAnswer[];
  /** Values of the settings that were asked for, by name. */
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** Reads the site's objects: one list for each collection, one request for each setting. */
export async function readSiteObjects(client: MaasClient, settings: readonly string[]): Promise<SiteObjects> {
  const [pools, zones, domains, fabrics, subnets, ranges, staticRoutes, tags, values] = await Promise.all([
    client.pools.list(),
    client.zones.list(),
    client.domains.list(),
    client.fabrics.list(),
    client.subnets.list(),
    client.ipRanges.list(),
    client.staticRoutes.list(),
    client.tags.list(),
    Promise.all(settings.map(async (name) => [name, await client.settings.get(name)] as const)),
  ]);
  return {
    pools,
    zones,
    domains,
    fabrics,
    subnets,
    ranges,
    staticRoutes,
    tags,
    settings: Object.fromEntries(values),
  };
}
