import type { DescriptionRule, SiteRule } from "./rule";
import * as addressRanges from "./rules/address-ranges";
import * as capacity from "./rules/capacity";
import * as clusterAccess from "./rules/cluster-access";
import * as gateways from "./rules/gateways";
import * as hardware from "./rules/hardware";
import * as hostAddresses from "./rules/host-addresses";
import * as hosts from "./rules/hosts";
import * as layouts from "./rules/layouts";
import * as loadBalancer from "./rules/load-balancer";
import * as machinePools from "./rules/machine-pools";
import * as mtu from "./rules/mtu";
import * as networkOverlap from "./rules/network-overlap";
import * as podNetwork from "./rules/pod-network";
import * as secrets from "./rules/secrets";
import * as staticRoutes from "./rules/static-routes";
import * as storage from "./rules/storage";
import * as versions from "./rules/versions";
import * as virtualization from "./rules/virtualization";
import * as virtualizationObjects from "./rules/virtualization-objects";
import * as vlans from "./rules/vlans";
import * as bootNic from "./site/boot-nic";
import * as disks from "./site/disks";
import * as existingRanges from "./site/existing-ranges";
import * as existingRouters from "./site/existing-routers";
import * as existingSubnets from "./site/existing-subnets";
import * as images from "./site/images";
import * as machines from "./site/machines";
import * as nics from "./site/nics";
import * as ownership from "./site/ownership";
import * as palette from "./site/palette";
import * as pools from "./site/pools";
import * as rackControllers from "./site/rack-controllers";
import * as removals from "./site/removals";
import * as rights from "./site/rights";
import * as strangers from "./site/strangers";
import * as zones from "./site/zones";

const byCode = (a: { code: string }, b: { code: string }): number => a.code.localeCompare(b.code);

function rulesIn<Rule extends { code: string }>(
  modules: readonly object[],
  isRule: (value: object) => value is Rule,
): Rule[] {
  const exported = modules.flatMap((module) => Object.values(module) as unknown[]);
  return exported
    .filter((value): value is Rule => typeof value === "object" && value !== null && isRule(value))
    .sort(byCode);
}

/** All rules over the description alone, by code. */
export const DESCRIPTION_RULES: readonly DescriptionRule[] = rulesIn(
  [
    addressRanges,
    capacity,
    clusterAccess,
    gateways,
    hardware,
    hostAddresses,
    hosts,
    layouts,
    loadBalancer,
    machinePools,
    mtu,
    networkOverlap,
    podNetwork,
    secrets,
    staticRoutes,
    storage,
    versions,
    virtualization,
    virtualizationObjects,
    vlans,
  ],
  (value): value is DescriptionRule => "check" in value,
);

/** All rules over what was found at the site, by code. */
export const SITE_RULES: readonly SiteRule[] = rulesIn(
  [
    bootNic,
    disks,
    existingRanges,
    existingRouters,
    existingSubnets,
    images,
    machines,
    nics,
    ownership,
    palette,
    pools,
    rackControllers,
    removals,
    rights,
    strangers,
    zones,
  ],
  (value): value is SiteRule => "checkSite" in value,
);
