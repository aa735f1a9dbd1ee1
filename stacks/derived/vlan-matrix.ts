import { parseVlanSet, vlanIds, vlanSetContains } from "../../addressing/vlan-set";
import { profileInterfaces } from "../../components/bare-metal/layouts/profile-interfaces";
import { layouts, type LayoutName } from "../../components/bare-metal/layouts/layout-table";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter } from "../description/datacenter";

/** Whether virtual machines can be put on a VLAN, on hosts of one layout. */
export interface VlanUse {
  /** VLAN ID; 0 = untagged. */
  readonly vlan: number;
  readonly usable: boolean;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** Layouts that workers may have: those with a bridge for virtual machines. */
export const workerLayouts = (Object.keys(layouts) as LayoutName[]).filter(
  (name) => layouts[name].bridge !== undefined,
);

/**
 * Which VLANs virtual machines can use on hosts of one layout, and why not (RA, Network configuration): the untagged one, those of the hosts' networks,
 * and the ones for virtual machines.
 */
export function vlanMatrix(datacenter: Pick<Datacenter, "networks">, layout: LayoutName): VlanUse[] {
  const { bridge } = layouts[layout];
  const networks = hostNetworks(datacenter.networks).filter(({ role }) => layouts[layout].places[role] !== undefined);
  const captured = profileInterfaces({ layout, networks, nics: {} }).capturedVlans;
  const allowed = parseVlanSet(datacenter.networks.virtualMachines.vlans);
  const all = new Set([0, ...networks.map(({ vlan }) => vlan), ...vlanIds(allowed)]);
  return [...all]
    .sort((a, b) => a - b)
    .map((vlan): VlanUse => {
      const network = networks.find((candidate) => candidate.vlan === vlan);
      const on = bridge?.on ?? "the hosts";
      if (bridge === undefined) return { vlan, usable: false, reason: "hosts of this layout have no bridge for them" };
      if (captured.includes(vlan))
        return { vlan, usable: false, reason: `${on}.${vlan} takes it from below ${bridge.name}` };
      if (vlan === 0) return { vlan, usable: true, reason: `the untagged VLAN of ${on}` };
      if (!vlanSetContains(allowed, vlan))
        return { vlan, usable: false, reason: `${bridge.name} drops it: it is none of the VM VLANs` };
      if (network !== undefined)
        return { vlan, usable: true, reason: `shared with the ${network.role} network of the hosts` };
      return { vlan, usable: true, reason: `passed by ${bridge.name}` };
    });
}

/** Neighbouring VLANs with the same answer as one line of a table: `21-100`. */
export function vlanMatrixLines(uses: readonly VlanUse[]): { vlans: string; usable: boolean; reason: string }[] {
  const lines: { first: number; last: number; usable: boolean; reason: string }[] = [];
  for (const { vlan, usable, reason } of uses) {
    const former = lines.at(-1);
    if (former?.usable === usable && former.reason === reason && former.last + 1 === vlan) former.last = vlan;
    else lines.push({ first: vlan, last: vlan, usable, reason });
  }
  return lines.map(({ first, last, usable, reason }) => ({
    vlans: first === 0 ? "untagged" : first === last ? String(first) : `${first}-${last}`,
    usable,
    reason,
  }));
}
