import * as pulumi from "@pulumi/pulumi";
import { withPreviousType } from "../component-aliases";
import { Domain } from "../../providers/maas/domain";
import { Fabric } from "../../providers/maas/fabric";
import { IpRange } from "../../providers/maas/ip-range";
import { ResourcePool } from "../../providers/maas/resource-pool";
import { Setting } from "../../providers/maas/setting";
import { StaticRoute } from "../../providers/maas/static-route";
import { Subnet } from "../../providers/maas/subnet";
import { Tag } from "../../providers/maas/tag";
import { Vlan } from "../../providers/maas/vlan";
import { VlanDhcp } from "../../providers/maas/vlan-dhcp";
import { Zone } from "../../providers/maas/zone";

/** A subnet of the site, with what belongs to it alone. */
export interface SiteSubnet {
  /** Its name in MAAS; subnets are referred to by CIDR, names are for people. */
  name: string;
  /** Canonical CIDR. */
  cidr: string;
  /** VLAN ID in the site's fabric; 0 is the untagged VLAN. */
  vid: number;
  gateway: string | null;
  dnsServers: string[];
  /** Whether MAAS hands out addresses of it. A destination of static routes is not managed. */
  managed: boolean;
  ranges: { type: "reserved" | "dynamic"; start: string; end: string; comment: string }[];
}

/** DHCP of one VLAN. MAAS wants a dynamic range first. */
export interface SiteDhcp {
  vid: number;
  enabled: boolean;
  /** Hostname or system id of the rack controller that serves it; null: the one with an interface on the VLAN. */
  primaryRack: string | null;
  secondaryRack: string | null;
}

/** Everything of a MAAS region that hosts stand on, as plain data. */
export interface SiteArgs {
  /** Take over pools, zones and the domain where they exist already. */
  adopt: boolean;
  fabric: string;
  /** CIDR of the subnet that machines boot from; the fabric that holds it already is taken over. */
  bootSubnet: string;
  resourcePools: string[];
  zones: string[];
  domain: string;
  /** Tags that hosts get together with their pool. */
  tags: string[];
  vlans: { name: string; vid: number; mtu: number }[];
  subnets: SiteSubnet[];
  dhcp: SiteDhcp[];
  staticRoutes: { source: string; destination: string; gateway: string; metric: number }[];
  /** MAAS settings by name; disk erasing first of all (RA, "Canonical MAAS configuration"). */
  settings: Record<string, boolean | number | string | null>;
}

/** Pools, zones, domain, fabric, VLANs, subnets, ranges, routes and settings of one datacenter (RA, "Canonical MAAS configuration"). */
export class Site extends pulumi.ComponentResource {
  readonly fabric: Fabric;
  readonly domain: Domain;
  readonly resourcePools: ReadonlyMap<string, ResourcePool>;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly vlans: ReadonlyMap<number, Vlan>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** VLANs without a subnet: who depends on the subnets has the others too. */
  readonly bareVlans: readonly Vlan[];
  readonly settings: readonly Setting[];
  readonly tags: ReadonlyMap<string, Tag>;

  constructor(name: string, args: SiteArgs, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:Site", name, {}, withPreviousType(options, "vmo-metal:bare-metal:Site"));
    const parent = { parent: this };
    this.settings = Object.entries(args.settings).map(
      ([setting, value]) => new Setting(setting, { name: setting, value, adopt: args.adopt }, parent),
    );
    this.resourcePools = byKey(
      args.resourcePools,
      (pool) => new ResourcePool(pool, { name: pool, adopt: args.adopt }, parent),
    );
    this.zones = byKey(args.zones, (zone) => new Zone(zone, { name: zone, adopt: args.adopt }, parent));
    this.tags = byKey(args.tags, (tag) => new Tag(`tag-${tag}`, { name: tag, adopt: args.adopt }, parent));
    this.domain = new Domain(args.domain, { name: args.domain, adopt: args.adopt }, parent);
    this.fabric = new Fabric(args.fabric, { name: args.fabric, holding: args.bootSubnet, adopt: args.adopt }, parent);
    this.vlans = new Map(
      args.vlans.map((vlan) => [
        vlan.vid,
        new Vlan(
          `${args.fabric}-${vlan.name}`,
          { fabric: this.fabric.resolvedName, vid: vlan.vid, name: vlan.name, mtu: vlan.mtu, adopt: args.adopt },
          parent,
        ),
      ]),
    );
    this.subnets = new Map(args.subnets.map((subnet) => [subnet.cidr, this.subnet(subnet, args.adopt)]));
    const carrying = new Set(args.subnets.map(({ vid }) => vid));
    this.bareVlans = [...this.vlans].filter(([vid]) => !carrying.has(vid)).map(([, vlan]) => vlan);
    const ranges = args.subnets.flatMap((subnet) =>
      subnet.ranges.map((range) => this.range(subnet, range, args.adopt)),
    );
    for (const dhcp of args.dhcp) {
      const vlan = this.vlan(dhcp.vid);
      // DHCP of a VLAN that this stack created is its own.
      const adopt = vlan.origin.apply((origin) => args.adopt || origin === "created");
      new VlanDhcp(
        `dhcp-${dhcp.vid}`,
        { ...dhcp, fabric: this.fabric.resolvedName, vid: vlan.vid, adopt },
        { parent: this, dependsOn: ranges },
      );
    }
    for (const route of args.staticRoutes) {
      new StaticRoute(
        `route-${route.destination.replaceAll(/[./]/g, "-")}`,
        {
          ...route,
          source: this.subnetOf(route.source).cidr,
          destination: this.subnetOf(route.destination).cidr,
          adopt: args.adopt,
        },
        parent,
      );
    }
    this.registerOutputs();
  }

  private subnet(subnet: SiteSubnet, adopt: boolean): Subnet {
    return new Subnet(
      subnet.name,
      {
        cidr: subnet.cidr,
        name: subnet.name,
        fabric: this.fabric.resolvedName,
        vid: this.vlan(subnet.vid).vid,
        gateway: subnet.gateway,
        dnsServers: subnet.dnsServers.length === 0 ? null : subnet.dnsServers,
        managed: subnet.managed ? null : false,
        adopt,
      },
      { parent: this },
    );
  }

  private range(subnet: SiteSubnet, range: SiteSubnet["ranges"][number], adopt: boolean): IpRange {
    return new IpRange(
      `${subnet.name}-${range.start}`,
      { subnet: this.subnetOf(subnet.cidr).cidr, ...range, adopt },
      { parent: this },
    );
  }

  private vlan(vid: number): Vlan {
    const vlan = this.vlans.get(vid);
    if (vlan === undefined) throw new Error(`The site has no VLAN ${vid}`);
    return vlan;
  }

  private subnetOf(cidr: string): Subnet {
    const subnet = this.subnets.get(cidr);
    if (subnet === undefined) throw new Error(`The site has no subnet ${cidr}`);
    return subnet;
  }
}

function byKey<Value>(keys: readonly string[], make: (key: string) => Value): Map<string, Value> {
  return new Map(keys.map((key) => [key, make(key)]));
}
