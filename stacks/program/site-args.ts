import type { SiteArgs, SiteSubnet } from "../../components/bare-metal/site";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter, DiskErasing } from "../description/datacenter";
import type { HostNetworkSection } from "../description/networks";
import { vlanIds, parseVlanSet } from "../../addressing/vlan-set";

/** What MAAS is to hold besides hosts, from the description. Pure. */
export function siteArgs(datacenter: Datacenter): SiteArgs {
  const networks = hostNetworks(datacenter.networks);
  return {
    adopt: datacenter.maas?.adopt ?? false,
    fabric: datacenter.fabric.name,
    bootSubnet: datacenter.networks.provisioning.cidr,
    resourcePools: unique(datacenter.hostGroups.map((group) => group.resourcePool)),
    zones: unique([
      ...datacenter.zones,
      ...datacenter.hostGroups.flatMap((group) => group.hosts.map((host) => host.zone)),
    ]),
    domain: datacenter.domain,
    tags: unique(datacenter.hostGroups.flatMap((group) => group.tags)),
    vlans: vlans(datacenter, networks),
    subnets: [...networks.map((network) => subnet(network, datacenter)), ...networks.flatMap(remoteSubnets)],
    dhcp: networks.flatMap((network) => (network.dhcp === null ? [] : [{ vid: network.vlan, ...network.dhcp }])),
    staticRoutes: networks.flatMap((network) =>
      network.remote.map((remote) => ({
        source: network.cidr,
        destination: remote.cidr,
        gateway: remote.gateway,
        metric: remote.metric,
      })),
    ),
    settings: erasingSettings(datacenter.diskErasing),
  };
}

/** The untagged VLAN of the fabric is always there: all NICs are put on it before they are bonded. */
function vlans(datacenter: Datacenter, networks: readonly HostNetworkSection[]): SiteArgs["vlans"] {
  const { virtualMachines } = datacenter.networks;
  const ofMachines = virtualMachines.asMaasObjects
    ? vlanIds(parseVlanSet(virtualMachines.vlans)).map((vid) => ({ name: `vm-${vid}`, vid, mtu: virtualMachines.mtu }))
    : [];
  const ofNetworks = networks.map((network) => ({
    name: network.name,
    vid: network.vlan,
    mtu: largestMtu(networks, network.vlan),
  }));
  const all = [...ofNetworks, { name: "untagged", vid: 0, mtu: largestMtu(networks, 0) }, ...ofMachines];
  return all.filter((vlan, index) => all.findIndex(({ vid }) => vid === vlan.vid) === index);
}

function largestMtu(networks: readonly HostNetworkSection[], vid: number): number {
  return Math.max(1500, ...networks.filter((network) => network.vlan === vid).map((network) => network.mtu));
}

function subnet(network: HostNetworkSection, datacenter: Datacenter): SiteSubnet {
  const reserved = network.reservedRanges.map(({ start, end, comment }) => ({
    type: "reserved" as const,
    start,
    end,
    comment,
  }));
  const dynamic = network.dynamicRanges.map(({ start, end }) => ({
    type: "dynamic" as const,
    start,
    end,
    comment: "DHCP",
  }));
  const { loadBalancer } = datacenter.networks;
  const balanced =
    network.role === "data"
      ? loadBalancer.map(({ start, end }) => ({ type: "reserved" as const, start, end, comment: "MetalLB" }))
      : [];
  return {
    name: network.name,
    cidr: network.cidr,
    vid: network.vlan,
    gateway: network.gateway,
    dnsServers: [...network.dnsServers],
    managed: true,
    ranges: [...dynamic, ...reserved, ...balanced],
  };
}

/** MAAS wants the destination of a static route as a subnet. No host is in it, so it stands on the untagged VLAN and is not managed. */
function remoteSubnets(network: HostNetworkSection): SiteSubnet[] {
  return network.remote.map(({ cidr }) => ({
    name: `remote-${cidr.replaceAll(/[./]/g, "-")}`,
    cidr,
    vid: 0,
    gateway: null,
    dnsServers: [],
    managed: false,
    ranges: [],
  }));
}

function erasingSettings(erasing: DiskErasing): SiteArgs["settings"] {
  return {
    enable_disk_erasing_on_release: erasing.onRelease,
    ...(erasing.secure === null ? {} : { disk_erase_with_secure_erase: erasing.secure }),
    ...(erasing.quick === null ? {} : { disk_erase_with_quick_erase: erasing.quick }),
  };
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
