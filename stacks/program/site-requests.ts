import type { SiteArgs, SiteObject } from "../../components/bare-metal/site-args";
import type { ForecastRequest, SiteKind } from "../../providers/maas/look-ups/site-forecast";
import { presentFabricName, siteFabricName } from "../derived/site-fabric";
import type { SiteKnowledge } from "../derived/site-knowledge";
import type { Datacenter } from "../description/datacenter";
import { siteArgs } from "./site-args";

/** The lists of {@link SiteArgs} by the class of their resources. */
function byKind(site: SiteArgs): [SiteKind, readonly SiteObject<unknown>[]][] {
  return [
    ["Setting", site.settings],
    ["ResourcePool", site.resourcePools],
    ["Zone", site.zones],
    ["Tag", site.tags],
    ["Domain", [site.domain]],
    ["Fabric", [site.fabric]],
    ["Vlan", site.vlans],
    ["Subnet", site.subnets],
    ["IpRange", site.ranges],
    ["VlanDhcp", site.dhcp],
    ["StaticRoute", site.staticRoutes],
  ];
}

/** Returns what to ask of each kind: the inputs of every resource, with the fabric under the name that MAAS has now. Pure. */
export function siteRequests(datacenter: Datacenter, known: SiteKnowledge): ForecastRequest[] {
  const [name, present] = [siteFabricName(datacenter, known), presentFabricName(datacenter, known)];
  return byKind(siteArgs(datacenter, known)).flatMap(([kind, objects]) =>
    objects.map((object) => {
      const inputs = object.inputs as ForecastRequest["inputs"] & { readonly fabric?: string };
      const renamed = inputs.fabric === name ? { fabric: present } : {};
      return { ...object, kind, inputs: { ...inputs, ...renamed } };
    }),
  );
}

/** Returns the name of each resource of the site, and the one that it had in earlier versions, as `Subnet/management`. Pure. */
export function siteResourceNames(datacenter: Datacenter): Set<string> {
  return new Set(
    byKind(siteArgs(datacenter)).flatMap(([kind, objects]) =>
      objects.flatMap(({ name, alias }) => [`${kind}/${name}`, ...(alias === undefined ? [] : [`${kind}/${alias}`])]),
    ),
  );
}
