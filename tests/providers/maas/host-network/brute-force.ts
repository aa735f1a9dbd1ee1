import { applyCall } from "../../../../providers/maas/host-network/apply-call";
import type { Call, InterfaceFields } from "../../../../providers/maas/host-network/call";
import { describePresent } from "../../../../providers/maas/host-network/describe-present";
import { diffHostInterfaces } from "../../../../providers/maas/host-network/diff-host-interfaces";
import type {
  HostInterface,
  HostInterfaces,
  VirtualInterface,
} from "../../../../providers/maas/host-network/host-interface";
import { parentsOf, sameVlan } from "../../../../providers/maas/host-network/host-interface";
import { matchLinks } from "../../../../providers/maas/host-network/match-links";
import type { PresentInterface, PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import { withoutIds } from "./networks";

/** The search was given up: too many networks can be reached. */
export class TooLarge extends Error {}

interface Step {
  network: PresentNetwork;
  calls: Call[];
  /** Ids of the interfaces that were updated. */
  written: number[];
  /** Ids of the bridges and VLAN interfaces that were put onto something else. */
  moved: number[];
}

/**
 * A list of at most `depth` calls that leads from a network to a description, if there is any: tries every sensible call in every network that can
 * be reached, breadth first. Knows nothing of the planner. Sensible is a call whose values are wanted ones, on any interface of the
 * kind. Left out are four sleights of hand: to write to what is deleted later, to park an interface on something it will not stay on,
 * to make a bond on another VLAN than its own, and to take links off by a change below a bridge.
 */
export function shorterPlan(
  present: PresentNetwork,
  wanted: HostInterfaces,
  depth: number,
  most = 60_000,
): Call[] | undefined {
  let layer: Step[] = [{ network: present, calls: [], written: [], moved: [] }];
  const seen = new Set<string>([keyOf(present)]);
  for (let left = depth; ; left -= 1) {
    for (const { network, calls } of layer) if (isGoal(network, wanted)) return calls;
    if (left === 0) return undefined;
    const next: Step[] = [];
    for (const { network, calls, written, moved } of layer)
      for (const call of sensibleCalls(network, wanted)) {
        const moves = movedBy(call, network);
        if (bondsElsewhere(call, network, wanted) || stripsLinks(call, network)) continue;
        if (moves !== undefined && moved.includes(moves)) continue;
        const outcome = applyCall(call, network);
        if (outcome.network === undefined || stillMissing(outcome.network, wanted) > left - 1) continue;
        const ids = [...outcome.network.interfaces.values()].map((item) => item.id);
        if (written.some((id) => !ids.includes(id))) continue;
        const key = keyOf(outcome.network);
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > most) throw new TooLarge();
        const id = call.operation === "update" ? network.interfaces.get(call.interface)?.id : undefined;
        next.push({
          network: outcome.network,
          calls: [...calls, call],
          written: id === undefined ? written : [...written, id],
          moved: moves === undefined ? moved : [...moved, moves],
        });
      }
    layer = next;
  }
}

function bondsElsewhere(call: Call, network: PresentNetwork, wanted: HostInterfaces): boolean {
  if (call.operation !== "create_bond") return false;
  return call.parents.some((nic) => !sameVlan(network.interfaces.get(nic)?.vlan, wanted[call.name]?.vlan));
}

function stripsLinks(call: Call, network: PresentNetwork): boolean {
  if (call.operation !== "update" || call.fields.vlan !== undefined) return false;
  const items = [...network.interfaces.values()];
  const sitsOn = (item: PresentInterface): boolean =>
    item.name === call.interface || items.some((lower) => item.parents.includes(lower.name) && sitsOn(lower));
  return items.some(
    ({ name, links }) =>
      links.some(({ mode }) => mode !== "LINK_UP") &&
      items.some((item) => item.type === "bridge" && item.parents.includes(name) && sitsOn(item)),
  );
}

function movedBy(call: Call, network: PresentNetwork): number | undefined {
  const moves = call.operation === "update" && call.type !== "bond" && call.fields.parents !== undefined;
  return moves ? network.interfaces.get(call.interface)?.id : undefined;
}

function isGoal(network: PresentNetwork, wanted: HostInterfaces): boolean {
  return diffHostInterfaces(describePresent(network, wanted), wanted).length === 0;
}

function keyOf(network: PresentNetwork): string {
  return JSON.stringify(withoutIds(network));
}

/** A call makes at most one interface or one link, so that many calls are needed at least. */
function stillMissing(network: PresentNetwork, wanted: HostInterfaces): number {
  const items = [...network.interfaces.values()];
  const wishes = Object.values(wanted);
  let missing = 0;
  for (const type of ["bond", "bridge", "vlan"]) {
    const count = (list: readonly { type: string }[]) => list.filter((item) => item.type === type).length;
    missing += Math.max(0, count(wishes) - count(items));
  }
  const links = new Map<string, number>();
  for (const wish of wishes) for (const { subnet = "" } of wish.links) links.set(subnet, (links.get(subnet) ?? 0) + 1);
  for (const item of items)
    for (const { subnet = "" } of item.links) if (links.has(subnet)) links.set(subnet, (links.get(subnet) ?? 0) - 1);
  for (const count of links.values()) missing += Math.max(0, count);
  return missing;
}

function sensibleCalls(network: PresentNetwork, wanted: HostInterfaces): Call[] {
  const calls: Call[] = [];
  const items = [...network.interfaces.values()];
  for (const [name, wish] of Object.entries(wanted)) {
    if (wish.type !== "physical" && !network.interfaces.has(name)) calls.push(...creations(name, wish));
    for (const item of items)
      if (item.type === wish.type && (wish.type !== "physical" || item.name === name))
        calls.push(...updates(name, item, wish));
    const item = network.interfaces.get(name);
    if (item !== undefined) calls.push(...linkCalls(network, item, wish));
  }
  for (const item of items) if (item.type !== "physical") calls.push({ operation: "delete", interface: item.name });
  if (network.defaultGatewayLinkId !== undefined) calls.push({ operation: "clear_default_gateways" });
  return calls;
}

function creations(name: string, wish: VirtualInterface): Call[] {
  const [parent = ""] = wish.parents;
  const common = { name, tags: wish.tags, ...(wish.mtu === undefined ? {} : { mtu: wish.mtu }) };
  if (wish.type === "vlan")
    return wish.vlan === undefined ? [] : [{ operation: "create_vlan", ...common, parent, vlan: wish.vlan }];
  if (wish.type === "bridge") return [{ operation: "create_bridge", ...common, parent, bridge: wish.bridge }];
  return subsets(wish.parents).map((parents) => ({ operation: "create_bond", ...common, parents, bond: wish.bond }));
}

/** Every non-empty choice of the fields that differ; members of a bond also by those that stay. */
function updates(name: string, item: PresentInterface, wish: HostInterface): Call[] {
  const choices: InterfaceFields[] = [];
  if (item.name !== name) choices.push({ name });
  if (!sameVlan(item.vlan, wish.vlan)) choices.push({ vlan: wish.vlan ?? null });
  if (item.mtu !== wish.mtu) choices.push({ mtu: wish.mtu ?? null });
  if (wish.type === "bond" && JSON.stringify(item.bond) !== JSON.stringify(wish.bond))
    choices.push({ bond: wish.bond });
  if (wish.type === "physical" && item.enabled !== wish.enabled) choices.push({ enabled: wish.enabled });
  const parents = parentsOf(wish);
  const moved = parents.join() !== item.parents.join();
  if (moved) choices.push({ parents });
  const staying = item.parents.filter((parent) => parents.includes(parent));
  const released: InterfaceFields[] =
    wish.type === "bond" && staying.length > 0 && staying.length < item.parents.length ? [{ parents: staying }] : [];
  const whole = subsets(choices).map((some) => Object.assign({}, ...some) as InterfaceFields);
  return [...whole, ...released].map((fields) => ({
    operation: "update",
    interface: item.name,
    type: item.type,
    fields,
    tags: item.tags,
  }));
}

function linkCalls(network: PresentNetwork, item: PresentInterface, wish: HostInterface): Call[] {
  const { kept, missing } = matchLinks(item.links, wish.links, network.defaultGatewayLinkId);
  const on = wish.vlan === undefined ? {} : { vlan: wish.vlan };
  const calls: Call[] = missing.map((link) => ({ operation: "link_subnet", interface: item.name, ...link, ...on }));
  const real = item.links.filter((link) => link.mode !== "LINK_UP");
  for (const link of real)
    calls.push({ operation: "unlink_subnet", interface: item.name, linkId: link.id, mode: "AUTO" });
  if (real.length > 1) calls.push({ operation: "remove_all_links", interface: item.name });
  for (const { present, wanted } of kept)
    if (wanted.defaultGateway && present.id !== network.defaultGatewayLinkId)
      calls.push({ operation: "set_default_gateway", interface: item.name, linkId: present.id });
  return calls;
}

function subsets<Value>(values: readonly Value[]): Value[][] {
  return values
    .reduce<Value[][]>((sets, value) => [...sets, ...sets.map((set) => [...set, value])], [[]])
    .filter((set) => set.length > 0);
}
