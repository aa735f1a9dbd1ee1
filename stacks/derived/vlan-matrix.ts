import { isDeepStrictEqual } from "node:util";
import { parseVlanSet, vlanIds, vlanSetContains } from "../../addressing/vlan-set";
import { profileInterfaces } from "../../components/bare-metal/layouts/profile-interfaces";
import { layouts, type LayoutName } from "../../components/bare-metal/layouts/layout-table";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter } from "../description/datacenter";
import { workerHosts } from "./all-hosts";

/** Whether virtual machines can be put on a VLAN. */
export interface VlanAnswer {
  readonly usable: boolean;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** The answer for one VLAN, on hosts of one layout. */
export interface VlanUse extends VlanAnswer {
  /** VLAN ID; 0 = untagged. */
  readonly vlan: number;
}

/** Layouts that workers may have: those with a bridge for virtual machines. */
export const workerLayouts = (Object.keys(layouts) as LayoutName[]).filter(
  (name) => layouts[name].bridge !== undefined,
);

/**
 * Which VLANs virtual machines can use on hosts of one layout, and why not (RA, Network configuration): the untagged one, those of the hosts' networks,
 * and the ones for virtual machines.
 */
export function vlanUses(datacenter: Pick<Datacenter, "networks">, layout: LayoutName): VlanUse[] {
  const { bridge } = layouts[layout];
  const described = hostNetworks(datacenter.networks);
  const networks = described.filter(({ role }) => layouts[layout].places[role] !== undefined);
  const { capturedVlans: captured, vlansOnBridge } = profileInterfaces({ layout, networks, nics: {} });
  const allowed = parseVlanSet(datacenter.networks.virtualMachines.vlans);
  const all = new Set([0, ...described.map(({ vlan }) => vlan), ...vlanIds(allowed)]);
  return [...all]
    .sort((a, b) => a - b)
    .map((vlan): VlanUse => {
      const network = networks.find((candidate) => candidate.vlan === vlan);
      const on = bridge?.on ?? "the hosts";
      if (bridge === undefined) return { vlan, usable: false, reason: "hosts of this layout have no bridge for them" };
      if (captured.includes(vlan))
        return { vlan, usable: false, reason: `${on}.${vlan} takes it from below ${bridge.name}` };
      if (vlan === 1 && vlansOnBridge.includes(1))
        return { vlan, usable: false, reason: `${bridge.name} keeps the hosts' untagged traffic in it` };
      if (vlan === 0) return { vlan, usable: true, reason: `the untagged VLAN of ${on}` };
      if (!vlanSetContains(allowed, vlan))
        return { vlan, usable: false, reason: `${bridge.name} drops it: it is none of the VM VLANs` };
      if (network !== undefined)
        return { vlan, usable: true, reason: `shared with the ${network.role} network of the hosts` };
      return { vlan, usable: true, reason: `passed by ${bridge.name}` };
    });
}

/** The matrix of a datacenter: a column a layout, a row for neighbouring VLANs that have the same answers. */
export interface VlanMatrix {
  /** Layouts that the workers have or could have with the same networks; theirs (`inUse`) first. */
  readonly layouts: readonly { readonly layout: LayoutName; readonly inUse: boolean }[];
  readonly rows: readonly {
    /** VLAN IDs as text: `untagged`, `20`, `21-100`. */
    readonly vlans: string;
    /** One for each layout, in their order. */
    readonly answers: readonly VlanAnswer[];
  }[];
}

/** Gathers the matrix. Six NICs want a storage network, nodes on the bridge an untagged management network; other layouts are always possible. */
export function vlanMatrix(datacenter: Pick<Datacenter, "networks" | "hostGroups" | "cluster">): VlanMatrix {
  const used = new Set(workerHosts(datacenter).map(({ layout }) => layout));
  const { storage, management } = datacenter.networks;
  const possible = (layout: LayoutName): boolean =>
    used.has(layout) ||
    ((layout !== "six-nic" || storage !== null) && (layout !== "node-on-bridge" || management.vlan === 0));
  const names = workerLayouts.filter(possible).sort((a, b) => Number(used.has(b)) - Number(used.has(a)));
  return {
    layouts: names.map((layout) => ({ layout, inUse: used.has(layout) })),
    rows: rowsOf(names.map((layout) => vlanUses(datacenter, layout))),
  };
}

/** The matrix of a stack's outputs: what each layout lets virtual machines use, the workers' own layout first. */
export interface LayoutVlans {
  readonly layout: LayoutName;
  /** Whether the workers have this layout. */
  readonly inUse: boolean;
  readonly lines: readonly ({ readonly vlans: string } & VlanAnswer)[];
}

/** The matrix by layout, with the rows that are each layout's own. */
export function vlansByLayout(datacenter: Pick<Datacenter, "networks" | "hostGroups" | "cluster">): LayoutVlans[] {
  return vlanMatrix(datacenter).layouts.map(({ layout, inUse }) => ({
    layout,
    inUse,
    lines: rowsOf([vlanUses(datacenter, layout)]).flatMap(({ vlans, answers }) =>
      answers.map((answer) => ({ vlans, ...answer })),
    ),
  }));
}

/** @param columns for each layout the same VLANs in rising order */
function rowsOf(columns: readonly (readonly VlanUse[])[]): VlanMatrix["rows"] {
  const runs: { first: number; last: number; answers: VlanAnswer[] }[] = [];
  for (const [index, { vlan }] of (columns[0] ?? []).entries()) {
    const answers = columns.flatMap((column) => column[index] ?? []).map(({ usable, reason }) => ({ usable, reason }));
    const former = runs.at(-1);
    if (former?.last === vlan - 1 && isDeepStrictEqual(former.answers, answers)) former.last = vlan;
    else runs.push({ first: vlan, last: vlan, answers });
  }
  return runs.map(({ first, last, answers }) => ({
    vlans: first === 0 ? "untagged" : first === last ? String(first) : `${first}-${last}`,
    answers,
  }));
}
