import type { SiteArgs } from "../../components/bare-metal/site-args";
import {
  dhcpObject,
  domainObject,
  fabricObject,
  poolObject,
  rangeObject,
  routeObject,
  settingObject,
  subnetObject,
  tagObject,
  zoneObject,
} from "../../providers/maas/ownership/object-names";
import { FABRIC_RESOURCE, siteFabricName } from "../derived/site-fabric";
import { isFound, NOTHING_KNOWN, recordOf, type SiteKnowledge } from "../derived/site-knowledge";
import { hostNetworks, loadBalancerIn } from "../description/all-networks";
import type { Datacenter, DiskErasing } from "../description/datacenter";
import type { HostNetworkSection } from "../description/networks";
import { aliasOf, ownershipArgs, type SiteContext } from "./site-context";
import { isOwnVlan, siteVlans } from "./site-vlans";

/** What MAAS is to hold besides hosts, from the description and from what is known of the site. Pure. */
export function siteArgs(datacenter: Datacenter, known: SiteKnowledge = NOTHING_KNOWN): SiteArgs {
  const context: SiteContext = { datacenter, known, fabric: siteFabricName(datacenter, known) };
  const networks = hostNetworks(datacenter.networks);
  const named =
    (path: string, objectOf: (name: string) => string, prefix = "") =>
    (name: string) => ({
      name: `${prefix}${name}`,
      path,
      inputs: { name, ...ownershipArgs(context, objectOf(name)) },
    });
  return {
    settings: settings(context, datacenter.diskErasing),
    resourcePools: unique(datacenter.hostGroups.map((group) => group.resourcePool)).map(named("hosts", poolObject)),
    zones: unique([
      ...datacenter.zones,
      ...datacenter.hostGroups.flatMap((group) => group.hosts.map((host) => host.zone)),
    ]).map(named("zones", zoneObject)),
    tags: unique(datacenter.hostGroups.flatMap((group) => group.tags)).map(named("hosts", tagObject, "tag-")),
    domain: named("domain", domainObject)(datacenter.domain),
    fabric: fabric(context),
    vlans: siteVlans(context),
    subnets: [
      ...networks.map((network) => subnet(context, network)),
      ...networks.flatMap((one) => remotes(context, one)),
    ],
    ranges: networks.flatMap((network) => ranges(context, network)),
    dhcp: networks.flatMap((network) => dhcp(context, network)),
    staticRoutes: networks.flatMap((network) => routes(context, network)),
  };
}

function fabric(context: SiteContext): SiteArgs["fabric"] {
  const { fabric: section, networks, maas } = context.datacenter;
  const holding = networks.provisioning.cidr;
  const name = section.described ? section.name : null;
  const managed = hostNetworks(networks).some((network) => network.managed);
  return {
    name: FABRIC_RESOURCE,
    ...aliasOf(FABRIC_RESOURCE, section.key),
    path: "fabric.name",
    inputs: {
      name,
      holding,
      defaultName: section.described ? null : section.key,
      ...ownershipArgs(context, fabricObject(name ?? `of ${holding}`), { adopt: maas?.adopt ?? false, managed }),
    },
  };
}

function subnet(context: SiteContext, network: HostNetworkSection): SiteArgs["subnets"][number] {
  const found = isFoundSubnet(context, network.role, network.cidr, network.name);
  const described = (field: HostNetworkSection["described"][number]): boolean => network.described.includes(field);
  const gateway = found && network.gateway === null ? "none" : network.gateway;
  return {
    name: network.role,
    ...aliasOf(network.role, network.name),
    path: `networks.${network.role}`,
    inputs: {
      cidr: network.cidr,
      name: found && !described("name") ? null : network.name,
      fabric: context.fabric,
      vid: network.vlan,
      gateway: found && !described("gateway") ? null : gateway,
      dnsServers: found && !described("dnsServers") ? null : [...network.dnsServers],
      managed: found ? null : true,
      ...ownershipArgs(context, subnetObject(network.cidr), network),
    },
  };
}

/** MAAS wants the destination of a static route as a subnet. No host is in it, so it stands on the untagged VLAN and is not managed. */
function remotes(context: SiteContext, network: HostNetworkSection): SiteArgs["subnets"] {
  return network.remote.map(({ cidr }, index) => {
    const name = `remote-${cidr.replaceAll(/[./]/g, "-")}`;
    const existing = context.known.objects?.subnets.find((candidate) => candidate.cidr === cidr);
    const found = isFoundSubnet(context, name, cidr);
    return {
      name,
      path: `networks.${network.role}.remote[${index}]`,
      inputs: {
        cidr,
        name: found ? null : name,
        // Where a remote network is in MAAS does not matter to a route, so that one that exists stays there.
        fabric: found ? (existing?.vlan.fabric ?? context.fabric) : context.fabric,
        vid: found ? (existing?.vlan.vid ?? 0) : 0,
        gateway: null,
        dnsServers: found ? null : [],
        managed: found ? null : false,
        ...ownershipArgs(context, subnetObject(cidr), network),
      },
    };
  });
}

function isFoundSubnet({ known, datacenter }: SiteContext, name: string, cidr: string, alias?: string): boolean {
  const existing = known.objects?.subnets.filter((candidate) => candidate.cidr === cidr) ?? [];
  const texts = existing.map(({ description }) => description);
  return isFound(recordOf(known, "Subnet", name, alias), texts, datacenter.name);
}

function ranges(context: SiteContext, network: HostNetworkSection): SiteArgs["ranges"] {
  const balanced = loadBalancerIn(network, context.datacenter.networks);
  return [
    ...network.dynamicRanges.map((range) => ({ ...range, type: "dynamic" as const, comment: "DHCP" })),
    ...network.reservedRanges.map((range) => ({ ...range, type: "reserved" as const })),
    ...balanced.map(({ start, end }) => ({ start, end, type: "reserved" as const, comment: "MetalLB" })),
  ].map(({ type, start, end, comment }) => {
    const name = `${network.role}-${start}`;
    const alias = aliasOf(name, `${network.name}-${start}`);
    const existing = context.known.objects?.ranges.filter((range) => range.start_ip === start && range.end_ip === end);
    const texts = existing?.map((range) => range.comment) ?? [];
    const found = isFound(recordOf(context.known, "IpRange", name, alias.alias), texts, context.datacenter.name);
    const ownership = ownershipArgs(context, rangeObject(start, end), network);
    return {
      name,
      ...alias,
      path: type === "reserved" && comment === "MetalLB" ? "networks.loadBalancer" : `networks.${network.role}`,
      inputs: { subnet: network.cidr, type, start, end, comment: found ? null : comment, ...ownership },
    };
  });
}

function dhcp(context: SiteContext, network: HostNetworkSection): SiteArgs["dhcp"] {
  if (network.dhcp === null) return [];
  const { fabric: name } = context;
  const treatment = isOwnVlan(context, network.vlan) ? { ...network, adopt: true } : network;
  const ownership = ownershipArgs(context, dhcpObject(name, network.vlan), treatment);
  return [
    {
      name: `dhcp-${network.vlan}`,
      path: `networks.${network.role}.dhcp`,
      inputs: { fabric: name, vid: network.vlan, ...network.dhcp, ...ownership },
    },
  ];
}

function routes(context: SiteContext, network: HostNetworkSection): SiteArgs["staticRoutes"] {
  return network.remote.map(({ cidr, gateway, metric }, index) => ({
    name: `route-${cidr.replaceAll(/[./]/g, "-")}`,
    path: `networks.${network.role}.remote[${index}]`,
    inputs: {
      source: network.cidr,
      destination: cidr,
      gateway,
      metric,
      ...ownershipArgs(context, routeObject(network.cidr, cidr, gateway), network),
    },
  }));
}

function settings(context: SiteContext, erasing: DiskErasing): SiteArgs["settings"] {
  const values = {
    enable_disk_erasing_on_release: erasing.onRelease,
    ...(erasing.secure === null ? {} : { disk_erase_with_secure_erase: erasing.secure }),
    ...(erasing.quick === null ? {} : { disk_erase_with_quick_erase: erasing.quick }),
  };
  return Object.entries(values).map(([name, value]) => ({
    name,
    path: "diskErasing",
    inputs: { name, value, ...ownershipArgs(context, settingObject(name)) },
  }));
}

/** Names of the settings that a description is about. */
export function settingNames(datacenter: Datacenter): string[] {
  return siteArgs(datacenter).settings.map(({ name }) => name);
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
