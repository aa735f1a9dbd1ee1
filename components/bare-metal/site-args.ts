import type * as pulumi from "@pulumi/pulumi";
import type { DomainArgs } from "../../providers/maas/domain";
import type { FabricArgs } from "../../providers/maas/fabric";
import type { IpRangeArgs } from "../../providers/maas/ip-range";
import type { ResourcePoolArgs } from "../../providers/maas/resource-pool";
import type { SettingArgs } from "../../providers/maas/setting";
import type { StaticRouteArgs } from "../../providers/maas/static-route";
import type { SubnetArgs } from "../../providers/maas/subnet";
import type { TagArgs } from "../../providers/maas/tag";
import type { VlanArgs } from "../../providers/maas/vlan";
import type { VlanDhcpArgs } from "../../providers/maas/vlan-dhcp";
import type { ZoneArgs } from "../../providers/maas/zone";

/** One object of MAAS that the site has: the name of its resource, and the inputs as plain data. */
export interface SiteObject<Args> {
  /** Name of the resource; it does not depend on names in MAAS that may change. */
  readonly name: string;
  /** A name that the resource had in stacks of earlier versions, where it differs. */
  readonly alias?: string;
  /** Where it is described, below `vmo-metal:datacenter`. */
  readonly path: string;
  readonly inputs: pulumi.Unwrap<Args>;
}

/**
 * Everything of a MAAS region that hosts stand on, as plain data: the inputs of each resource. The component makes resources of them,
 * and a preview asks each kind what it would do with them.
 */
export interface SiteArgs {
  /** MAAS settings; disk erasing first of all (RA, "Canonical MAAS configuration"). */
  readonly settings: readonly SiteObject<SettingArgs>[];
  readonly resourcePools: readonly SiteObject<ResourcePoolArgs>[];
  readonly zones: readonly SiteObject<ZoneArgs>[];
  /** Tags that hosts get together with their pool. */
  readonly tags: readonly SiteObject<TagArgs>[];
  readonly domain: SiteObject<DomainArgs>;
  readonly fabric: SiteObject<FabricArgs>;
  readonly vlans: readonly SiteObject<VlanArgs>[];
  readonly subnets: readonly SiteObject<SubnetArgs>[];
  readonly ranges: readonly SiteObject<IpRangeArgs>[];
  /** DHCP of VLANs. MAAS wants a dynamic range first. */
  readonly dhcp: readonly SiteObject<VlanDhcpArgs>[];
  readonly staticRoutes: readonly SiteObject<StaticRouteArgs>[];
}
