import { layouts } from "../../../components/bare-metal/layouts/layout-table";
import { parseVlanSet, vlanSetContains } from "../../../addressing/vlan-set";
import { workerHosts } from "../../derived/all-hosts";
import { fillLayout, layoutArgs, namedNics } from "../../derived/layout-args";
import { hostNetworks } from "../../description/all-networks";
import type { Datacenter } from "../../description/datacenter";
import type { Host } from "../../description/hosts";
import type { DescriptionRule, Hit } from "../rule";

/** On one fabric a VLAN id is one VLAN; two networks on it would be one broadcast domain with two subnets. */
export const vlansApart: DescriptionRule = {
  code: "NET009",
  severity: "error",
  rule: "Tagged networks of hosts have different VLAN ids.",
  check: ({ networks }) => {
    const tagged = hostNetworks(networks).filter(({ vlan }) => vlan !== 0);
    return tagged.flatMap((network, index): Hit[] => {
      const earlier = tagged.slice(0, index).find(({ vlan }) => vlan === network.vlan);
      return earlier === undefined
        ? []
        : [
            {
              path: `networks.${network.role}.vlan`,
              message: `is ${network.vlan}, which is the ${earlier.role} network's`,
              fix: "Give each network a VLAN of its own.",
            },
          ];
    });
  },
};

/** One host of each layout that workers have: what a layout does with VLANs is the same for all of its hosts. */
function workerLayouts(datacenter: Datacenter): Host[] {
  const hosts = workerHosts(datacenter);
  return hosts.filter(({ layout }, index) => hosts.findIndex((other) => other.layout === layout) === index);
}

/** VLANs that a host's VLAN interfaces take from below br0; none when the layout cannot be filled in (HST010 says so). */
function capturedVlans(datacenter: Datacenter, host: Host): number[] {
  const filled = fillLayout(layoutArgs(datacenter, host, namedNics(host)));
  return "profile" in filled ? filled.profile.capturedVlans : [];
}

/** RA, When limited on network interfaces: VLANs 10 and 20 are NOT available for use by virtual machines on br0. */
export const vlansNotCaptured: DescriptionRule = {
  code: "NET015",
  severity: "error",
  rule: "No VM VLAN is taken from the bond below br0 by a VLAN interface of the hosts.",
  check: (datacenter) => {
    const vmVlans = parseVlanSet(datacenter.networks.virtualMachines.vlans);
    return workerLayouts(datacenter).flatMap((host): Hit[] => {
      return capturedVlans(datacenter, host)
        .filter((vlan) => vlanSetContains(vmVlans, vlan))
        .map((vlan) => ({
          path: "networks.virtualMachines.vlans",
          message: `holds ${vlan}, but hosts with the layout ${host.layout} have a VLAN interface for it on ${layouts[host.layout].bridge?.on ?? "the bond"}: its traffic never reaches br0, and virtual machines on it would be cut off`,
          fix:
            host.layout === "two-nic" && vlan === datacenter.networks.data.vlan
              ? "Take it out, or use the layout two-nic-shared-data-vlan, which has that VLAN on br0."
              : "Take it out of the VM VLANs.",
        }));
    });
  },
};

/** A VLAN-aware bridge keeps untagged traffic in VLAN 1: a virtual machine on VLAN 1 would share the hosts' own network. */
export const untaggedVlanKept: DescriptionRule = {
  code: "NET018",
  severity: "error",
  rule: "VLAN 1 is no VM VLAN where br0 carries the hosts' untagged traffic, which is VLAN 1 on the bridge.",
  check: (datacenter) => {
    if (!vlanSetContains(parseVlanSet(datacenter.networks.virtualMachines.vlans), 1)) return [];
    return workerLayouts(datacenter).flatMap((host): Hit[] => {
      const filled = fillLayout(layoutArgs(datacenter, host, namedNics(host)));
      if (!("profile" in filled) || !filled.profile.vlansOnBridge.includes(1)) return [];
      return [
        {
          path: "networks.virtualMachines.vlans",
          message: `holds 1, but hosts with the layout ${host.layout} have an untagged network on ${filled.profile.bridge ?? "the bridge"}, whose traffic is VLAN 1 there: virtual machines on it would be in the hosts' own network`,
          fix: "Take 1 out of the VM VLANs, or tag the network that is untagged on the bridge.",
        },
      ];
    });
  },
};

/** RA: a dedicated VLAN for end user access is recommended; virtual machines on the nodes' own networks can reach every node. */
export const userVlanDedicated: DescriptionRule = {
  code: "NET016",
  severity: "warning",
  rule: "VLANs of the hosts' networks are not VM VLANs too.",
  check: (datacenter) => {
    const vmVlans = parseVlanSet(datacenter.networks.virtualMachines.vlans);
    const captured = new Set(workerLayouts(datacenter).flatMap((host) => capturedVlans(datacenter, host)));
    return hostNetworks(datacenter.networks)
      .filter(({ vlan }) => vlan !== 0 && vlanSetContains(vmVlans, vlan) && !captured.has(vlan))
      .map(({ role, vlan }) => ({
        path: "networks.virtualMachines.vlans",
        message:
          role === "data"
            ? `holds ${vlan}, the VLAN of the data network: the RA recommends a VLAN of its own for end user access, above all as it has the default gateway`
            : `holds ${vlan}, the VLAN of the ${role} network: virtual machines on it can reach every node directly`,
        fix: "Take it out, or silence this warning where it is meant.",
      }));
  },
};
