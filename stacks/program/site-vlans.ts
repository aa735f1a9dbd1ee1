import { parseVlanSet, vlanIds } from "../../addressing/vlan-set";
import type { SiteArgs } from "../../components/bare-metal/site-args";
import { vlanObject } from "../../providers/maas/ownership/object-names";
import { FABRIC_RESOURCE, presentFabricName } from "../derived/site-fabric";
import { isFound, recordOf } from "../derived/site-knowledge";
import { hostNetworks } from "../description/all-networks";
import { aliasOf, ownershipArgs, type SiteContext, type Treatment } from "./site-context";

/** A VLAN that the description is about. */
interface DescribedVlan extends Treatment {
  readonly vid: number;
  /** Where it is described. */
  readonly path: string;
  /** Last part of the resource's name. */
  readonly key: string;
  /** The same in stacks of earlier versions. */
  readonly formerKey: string;
  readonly name: string;
  readonly nameDescribed: boolean;
  readonly mtu: number;
  readonly mtuDescribed: boolean;
}

/** Returns the VLANs of a site: those of networks, the untagged one, and VM VLANs where MAAS is to show them. Pure. */
export function siteVlans(context: SiteContext): SiteArgs["vlans"] {
  return describedVlans(context).map((vlan) => vlanObjectOf(context, vlan));
}

function describedVlans(context: SiteContext): DescribedVlan[] {
  const all = [...ofNetworks(context), untagged(context), ...ofVirtualMachines(context)];
  return all.filter((vlan, index) => all.findIndex(({ vid }) => vid === vlan.vid) === index);
}

function vlanObjectOf(context: SiteContext, vlan: DescribedVlan): SiteArgs["vlans"][number] {
  const { fabric } = context;
  const found = isFoundVlan(context, vlan);
  return {
    ...resourceOf(context, vlan),
    path: vlan.path,
    inputs: {
      fabric,
      vid: vlan.vid,
      name: found && !vlan.nameDescribed ? null : vlan.name,
      mtu: found && !vlan.mtuDescribed ? null : vlan.mtu,
      ...ownershipArgs(context, vlanObject(fabric, vlan.vid), vlan),
    },
  };
}

function resourceOf({ datacenter }: SiteContext, vlan: DescribedVlan): { name: string; alias?: string } {
  const name = `${FABRIC_RESOURCE}-${vlan.key}`;
  return { name, ...aliasOf(name, `${datacenter.fabric.key}-${vlan.formerKey}`) };
}

function isFoundVlan(context: SiteContext, vlan: DescribedVlan): boolean {
  const { datacenter, known } = context;
  const { name, alias } = resourceOf(context, vlan);
  const present = presentFabricName(datacenter, known);
  const vlans = known.objects?.fabrics.find((candidate) => candidate.name === present)?.vlans ?? [];
  // A VLAN has no field for a marker, so that one without a record is not this stack's.
  const texts = vlans.filter(({ vid }) => vid === vlan.vid).map(() => "");
  return isFound(recordOf(known, "Vlan", name, alias), texts, datacenter.name);
}

/** Whether this stack creates, or has created, the VLAN of a number: then its DHCP is its own too. Pure. */
export function isOwnVlan(context: SiteContext, vid: number): boolean {
  const vlan = describedVlans(context).find((one) => one.vid === vid);
  return vlan !== undefined && !isFoundVlan(context, vlan);
}

/** Networks may share the untagged VLAN: it is named after the first one and has the largest MTU. */
function ofNetworks({ datacenter }: SiteContext): DescribedVlan[] {
  const networks = hostNetworks(datacenter.networks);
  return networks.map((network) => {
    const sharing = networks.filter(({ vlan }) => vlan === network.vlan);
    return {
      vid: network.vlan,
      path: `networks.${network.role}`,
      key: network.role,
      formerKey: network.name,
      name: network.name,
      nameDescribed: network.described.includes("name"),
      mtu: Math.max(1500, ...sharing.map(({ mtu }) => mtu)),
      mtuDescribed: sharing.some(({ described }) => described.includes("mtu")),
      adopt: sharing.some(({ adopt }) => adopt === true) ? true : network.adopt,
      managed: sharing.some(({ managed }) => managed),
    };
  });
}

/** The untagged VLAN of the fabric always exists: all NICs are put on it before they are bonded. */
function untagged({ datacenter }: SiteContext): DescribedVlan {
  const managed = datacenter.maas?.manageNetworks ?? true;
  const common = { vid: 0, path: "fabric", key: "untagged", formerKey: "untagged", name: "untagged", mtu: 1500 };
  return { ...common, nameDescribed: false, mtuDescribed: false, adopt: null, managed };
}

function ofVirtualMachines({ datacenter }: SiteContext): DescribedVlan[] {
  const { virtualMachines } = datacenter.networks;
  if (!virtualMachines.asMaasObjects) return [];
  return vlanIds(parseVlanSet(virtualMachines.vlans)).map((vid) => ({
    vid,
    path: "networks.virtualMachines",
    key: `vm-${vid}`,
    formerKey: `vm-${vid}`,
    name: `vm-${vid}`,
    nameDescribed: false,
    mtu: virtualMachines.mtu,
    mtuDescribed: virtualMachines.mtuDescribed,
    adopt: null,
    managed: datacenter.maas?.manageNetworks ?? true,
  }));
}
