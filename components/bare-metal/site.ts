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
import type { SiteArgs, SiteObject } from "./site-args";

/** Pools, zones, domain, fabric, VLANs, subnets, ranges, routes and settings of one datacenter (RA, "Canonical MAAS configuration"). */
export class Site extends pulumi.ComponentResource {
  readonly fabric: Fabric;
  readonly domain: Domain;
  readonly resourcePools: ReadonlyMap<string, ResourcePool>;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly vlans: ReadonlyMap<number, Vlan>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** VLANs without a subnet: a resource that depends on all subnets depends on the other VLANs too. */
  readonly bareVlans: readonly Vlan[];
  readonly settings: readonly Setting[];
  readonly tags: ReadonlyMap<string, Tag>;

  constructor(name: string, args: SiteArgs, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:Site", name, {}, withPreviousType(options, "vmo-metal:bare-metal:Site"));
    this.settings = args.settings.map((setting) => new Setting(setting.name, setting.inputs, this.place(setting)));
    this.resourcePools = new Map(
      args.resourcePools.map((pool) => [pool.inputs.name, new ResourcePool(pool.name, pool.inputs, this.place(pool))]),
    );
    this.zones = new Map(
      args.zones.map((zone) => [zone.inputs.name, new Zone(zone.name, zone.inputs, this.place(zone))]),
    );
    this.tags = new Map(args.tags.map((tag) => [tag.inputs.name, new Tag(tag.name, tag.inputs, this.place(tag))]));
    this.domain = new Domain(args.domain.name, args.domain.inputs, this.place(args.domain));
    this.fabric = new Fabric(args.fabric.name, args.fabric.inputs, this.place(args.fabric));
    this.vlans = new Map(
      args.vlans.map((vlan) => [vlan.inputs.vid, new Vlan(vlan.name, vlan.inputs, this.place(vlan, [this.fabric]))]),
    );
    this.subnets = new Map(args.subnets.map((subnet) => [subnet.inputs.cidr, this.subnet(subnet)]));
    const carrying = new Set(args.subnets.map(({ inputs }) => inputs.vid));
    this.bareVlans = [...this.vlans].filter(([vid]) => !carrying.has(vid)).map(([, vlan]) => vlan);
    const ranges = args.ranges.map(
      (range) =>
        new IpRange(
          range.name,
          { ...range.inputs, subnet: this.subnetOf(range.inputs.subnet).cidr },
          this.place(range),
        ),
    );
    for (const dhcp of args.dhcp)
      new VlanDhcp(dhcp.name, { ...dhcp.inputs, vid: this.vlan(dhcp.inputs.vid).vid }, this.place(dhcp, ranges));
    for (const route of args.staticRoutes) {
      const { source, destination } = route.inputs;
      const ends = { source: this.subnetOf(source).cidr, destination: this.subnetOf(destination).cidr };
      new StaticRoute(route.name, { ...route.inputs, ...ends }, this.place(route));
    }
    this.registerOutputs();
  }

  /** Options of a resource of the site. */
  private place(
    { alias }: Pick<SiteObject<unknown>, "alias">,
    dependsOn: pulumi.Resource[] = [],
  ): pulumi.CustomResourceOptions {
    return {
      parent: this,
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
      ...(alias === undefined ? {} : { aliases: [{ name: alias }] }),
    };
  }

  private subnet(subnet: SiteArgs["subnets"][number]): Subnet {
    const vid = this.vlan(subnet.inputs.vid).vid;
    return new Subnet(subnet.name, { ...subnet.inputs, vid }, this.place(subnet, [this.fabric]));
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
