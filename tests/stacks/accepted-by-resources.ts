import assert from "node:assert/strict";
import type { z } from "zod";
import { domainKind } from "../../providers/maas/domain";
import { fabricKind } from "../../providers/maas/fabric";
import { hostNetworkKind } from "../../providers/maas/host-network-resource";
import { ipRangeKind } from "../../providers/maas/ip-range";
import { poolMembershipKind } from "../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../providers/maas/resource-pool";
import { settingKind } from "../../providers/maas/setting";
import { staticRouteKind } from "../../providers/maas/static-route";
import { storageLayoutKind } from "../../providers/maas/storage-layout-resource";
import { subnetKind } from "../../providers/maas/subnet";
import { tagKind } from "../../providers/maas/tag";
import { vlanDhcpKind } from "../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../providers/maas/vlan";
import { zoneKind } from "../../providers/maas/zone";
import { cloudAccountKind } from "../../providers/palette/cloud-account";
import { clusterSchema } from "../../providers/palette/cluster/inputs";
import { clusterProfileKind } from "../../providers/palette/cluster-profile";
import type { Datacenter } from "../../stacks/description/datacenter";
import { hostArgs } from "../../stacks/program/host-args";
import { siteArgs } from "../../stacks/program/site-args";
import { paletteArgsOf } from "./palette-args-of";

/** Holds those of the inputs that a kind has to its schema. */
function accepted({ kind, schema }: { kind: string; schema: object }, inputs: object): void {
  const types = schema as Readonly<Record<string, z.ZodType>>;
  for (const [key, value] of Object.entries(inputs) as [string, unknown][]) {
    const result = types[key]?.safeParse(value);
    assert.ok(result?.success !== false, `${kind}.${key} refuses ${JSON.stringify(value)}: ${result?.error?.message}`);
  }
}

/** Fails where a resource would refuse what the description's MAAS objects and hosts are made of. */
export function acceptedByMaas(datacenter: Datacenter): void {
  const site = siteArgs(datacenter);
  const objects = [
    { kind: settingKind, list: site.settings },
    { kind: resourcePoolKind, list: site.resourcePools },
    { kind: zoneKind, list: site.zones },
    { kind: tagKind, list: site.tags },
    { kind: domainKind, list: [site.domain] },
    { kind: fabricKind, list: [site.fabric] },
    { kind: vlanKind, list: site.vlans },
    { kind: subnetKind, list: site.subnets },
    { kind: ipRangeKind, list: site.ranges },
    { kind: vlanDhcpKind, list: site.dhcp },
    { kind: staticRouteKind, list: site.staticRoutes },
  ];
  for (const { kind, list } of objects) for (const { inputs } of list) accepted(kind, inputs);
  for (const host of hostArgs(datacenter, [])) {
    accepted(hostNetworkKind, { interfaces: host.interfaces });
    accepted(storageLayoutKind, host.storage);
    accepted(poolMembershipKind, { pool: host.resourcePool, zone: host.zone, tags: host.tags });
  }
}

/** Fails where a resource would refuse what the description's Palette objects are made of. */
export function acceptedByPalette(datacenter: Datacenter): void {
  const { account, profiles, cluster } = paletteArgsOf(datacenter);
  accepted(cloudAccountKind, account);
  accepted({ kind: "palette:Cluster", schema: clusterSchema }, cluster);
  for (const { rendered, version } of profiles)
    accepted(clusterProfileKind, { ...rendered, version, variables: rendered.variables });
}
