import { networkEncloses, networksOverlap, isNetwork } from "../../../addressing/network";
import type { SubnetAnswer } from "../../../providers/maas/client/site-types";
import { unmark } from "../../../providers/maas/marker";
import { isApproved } from "../../derived/approved";
import { siteFabricName } from "../../derived/site-fabric";
import { hostNetworks } from "../../description/all-networks";
import type { Datacenter } from "../../description/datacenter";
import type { Hit } from "../rule";
import { maasRule } from "./machines";

/** A subnet as a message names it, with the place where it is. */
function placed(subnet: SubnetAnswer): string {
  const name = subnet.name === subnet.cidr ? "" : ` ("${subnet.name}")`;
  return `${subnet.cidr}${name} on VLAN ${subnet.vlan.vid} of fabric "${subnet.vlan.fabric}"`;
}

/** Whether this datacenter created it, so that its values follow the description. */
function isOwn(datacenter: Datacenter, description: string): boolean {
  return unmark(description).datacenter === datacenter.name;
}

/** MAAS accepts a network inside another one; addresses of it would be handed out twice. */
export const cidrsApart = maasRule(
  {
    code: "OBJ002",
    severity: "error",
    rule: "No described network overlaps a subnet that MAAS has with another CIDR.",
  },
  (datacenter, { objects }) => {
    const described = new Set(hostNetworks(datacenter.networks).map(({ cidr }) => cidr));
    const others = objects.subnets.filter(
      ({ cidr, description }) => isNetwork(cidr) && !described.has(cidr) && !isOwn(datacenter, description),
    );
    return hostNetworks(datacenter.networks).flatMap(({ role, cidr }) =>
      others
        .filter((other) => networksOverlap(other.cidr, cidr) && !isApproved(datacenter, `subnet ${cidr}`, "cidr"))
        .map((other): Hit => ({
          path: `networks.${role}.cidr`,
          message: `${cidr} ${relation(cidr, other.cidr)} the subnet ${placed(other)}, which MAAS has already: addresses would be handed out twice`,
          fix: `Write ${other.cidr} if that subnet is meant, or choose another network. To have both: maas.approve: [{ object: "subnet ${cidr}", field: cidr }].`,
        })),
    );
  },
);

function relation(cidr: string, other: string): string {
  return networkEncloses(other, cidr) ? "lies in" : "encloses";
}

/** A fabric by the described name that does not exist would be created beside the one that the machines are on. */
export const fabricFits = maasRule(
  {
    code: "OBJ003",
    severity: "error",
    rule: "The described fabric is the one that holds the subnet that machines boot from.",
  },
  (datacenter, { objects }): Hit[] => {
    const { fabric, networks } = datacenter;
    if (!fabric.described) return [];
    const named = objects.fabrics.find(({ name }) => name === fabric.name);
    const boot = objects.subnets.find(({ cidr }) => cidr === networks.provisioning.cidr);
    const holder = objects.fabrics.find(({ id }) => id === boot?.vlan.fabric_id);
    const path = "fabric.name";
    const existing = objects.fabrics.map(({ name }) => name).join(", ");
    if (holder !== undefined && named?.id !== holder.id) {
      const renames = named === undefined && /^fabric-\d+$/.test(holder.name) && !/^fabric-\d+$/.test(fabric.name);
      if (renames) return [];
      const missing = named === undefined ? `, and MAAS has no fabric "${fabric.name}"` : "";
      return [
        {
          path,
          message: `is "${fabric.name}", but the subnet that machines boot from, ${networks.provisioning.cidr}, is in fabric "${holder.name}"${missing}`,
          fix: `Write "${holder.name}", or leave fabric.name out.`,
        },
      ];
    }
    if (named === undefined && /^fabric-\d+$/.test(fabric.name))
      return [
        {
          path,
          message: `there is no fabric "${fabric.name}", and MAAS keeps names of this form for fabrics that it makes itself; it has ${existing}`,
          fix: "Write the name of a fabric that exists, another name, or leave fabric.name out.",
        },
      ];
    return [];
  },
);

/** Two subnets on one VLAN are one broadcast domain; a typo in a VLAN id looks like this. */
export const vlansNotShared = maasRule(
  {
    code: "OBJ004",
    severity: "warning",
    rule: "The VLAN of a described network carries no other subnet in MAAS.",
  },
  (datacenter, { objects }) => {
    const networks = hostNetworks(datacenter.networks);
    const described = new Set(networks.flatMap(({ cidr, remote }) => [cidr, ...remote.map((route) => route.cidr)]));
    const fabric = siteFabricName(datacenter, { objects, recorded: null });
    return networks.flatMap(({ role, cidr, vlan }): Hit[] => {
      const existing = objects.fabrics.find(({ name }) => name === fabric)?.vlans.find(({ vid }) => vid === vlan);
      if (existing === undefined || objects.subnets.some((subnet) => subnet.cidr === cidr)) return [];
      const others = objects.subnets.filter(
        (subnet) =>
          subnet.vlan.id === existing.id && !described.has(subnet.cidr) && !isOwn(datacenter, subnet.description),
      );
      if (others.length === 0) return [];
      const name = existing.name === null ? "" : ` ("${existing.name}")`;
      return [
        {
          path: `networks.${role}.vlan`,
          message: `VLAN ${vlan}${name} of fabric "${fabric}" carries ${others.map((subnet) => subnet.cidr).join(", ")} already; ${cidr} would share it`,
          fix: "Correct the VLAN id, or silence this warning where two subnets on one VLAN are meant.",
        },
      ];
    });
  },
);

/** Hosts get the MTU of the description; a VLAN that exists keeps its own unless it is described. */
export const mtuAgrees = maasRule(
  {
    code: "OBJ005",
    severity: "warning",
    rule: "Hosts have the MTU of the VLAN that exists, where the description states none.",
  },
  (datacenter, { objects }) => {
    const fabric = siteFabricName(datacenter, { objects, recorded: null });
    const vlans = objects.fabrics.find(({ name }) => name === fabric)?.vlans ?? [];
    return hostNetworks(datacenter.networks).flatMap(({ role, vlan, mtu, described }): Hit[] => {
      const existing = vlans.find(({ vid }) => vid === vlan);
      if (existing === undefined || described.includes("mtu") || existing.mtu === mtu) return [];
      return [
        {
          path: `networks.${role}.mtu`,
          message: `is not written, so hosts get ${mtu}, but VLAN ${vlan} of fabric "${fabric}" has MTU ${existing.mtu}`,
          fix: `Write mtu: ${existing.mtu}, or the MTU that the hosts are to have.`,
        },
      ];
    });
  },
);
