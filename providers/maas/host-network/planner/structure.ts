import type { Call, InterfaceFields } from "../call";
import type { HostInterface, VirtualInterface } from "../host-interface";
import { parentsOf, sameVlan } from "../host-interface";
import type { PresentInterface } from "../present-network";
import { changesOf } from "./changes";
import type { PlanBuilder } from "./plan-builder";
import { bottomUp } from "./plan-builder";

/** Choices where neither way is always shorter. */
export interface Strategy {
  /**
   * `first`: NICs are put on their VLAN before anything is built on them. `free`: only those with nothing on them; a bond that is begun
   * with these takes the others along as they join. `last`: bonds and bridges take them along.
   */
  readonly nics: "first" | "free" | "last";
  /** What comes first when an interface needs two calls to change both: its VLAN, or what it sits on. */
  readonly split: "vlan" | "parents";
}

const firstNics = { first: "all", free: "free", last: "disconnected" } as const;

/**
 * The next call that brings bonds, bridges, VLAN interfaces and the VLANs of NICs nearer to the wanted ones: deletes first (they free
 * names and NICs), then NICs onto their VLAN, then interfaces from the bottom up. Says whether there was one.
 */
export function nextStructureCall(plan: PlanBuilder, { nics, split }: Strategy): boolean {
  return (
    deleteDoomed(plan, "lowest") ||
    changeNics(plan, firstNics[nics]) ||
    changeInterfaces(plan, "finished", nics === "last") ||
    changePartly(plan, split, "ready") ||
    changeInterfaces(plan, "any", false) ||
    createPartly(plan) ||
    changeNics(plan, "all") ||
    releaseMembers(plan) ||
    changePartly(plan, split, "any") ||
    deleteDoomed(plan, "any")
  );
}

/** Whether the structure is as wanted. */
export function structureDone(plan: PlanBuilder): boolean {
  return plan.doomed().length === 0 && Object.keys(plan.wanted).every((name) => !pending(plan, name));
}

/**
 * Whether an interface, or the bond or bridge to come on it, still has to be made or changed, or a bridge is still to leave it: then
 * its links are not safe yet.
 */
export function unsettled(plan: PlanBuilder, name: string): boolean {
  if (pending(plan, name)) return true;
  const item = plan.find(name);
  if (item !== undefined && plan.presentAbove(item.name).some(({ type }) => type === "bridge")) return true;
  return plan.wantedAbove(name).some(([above, item]) => item.type !== "vlan" && pending(plan, above));
}

function pending(plan: PlanBuilder, name: string): boolean {
  const wish = plan.wanted[name];
  const item = plan.find(name);
  if (wish === undefined) return false;
  if (item === undefined) return true;
  const parents = presentParents(plan, wish);
  return parents === undefined || changesOf(name, item, wish, parents).needed;
}

/** Present names of what a wanted interface sits on; undefined as long as one of them has to be made. */
function presentParents(plan: PlanBuilder, wish: HostInterface): string[] | undefined {
  const found = parentsOf(wish).map((parent) => plan.find(parent)?.name);
  return found.every((name) => name !== undefined) ? found : undefined;
}

/** One delete takes all above along, so the lowest go first, and only when nothing that stays is above. */
function deleteDoomed(plan: PlanBuilder, which: "lowest" | "any"): boolean {
  const doomed = plan.doomed();
  const names = new Set(doomed.map((item) => item.name));
  const carriesKept = (name: string): boolean =>
    plan.presentAbove(name).some((item) => !names.has(item.name) || carriesKept(item.name));
  return doomed.some(
    (item) =>
      (which === "any" || !item.parents.some((parent) => names.has(parent))) &&
      !carriesKept(item.name) &&
      plan.add({ operation: "delete", interface: item.name }),
  );
}

/** Those with most to change come first: a bond may take the others along to their VLAN. */
function changeNics(plan: PlanBuilder, which: "all" | "free" | "disconnected"): boolean {
  return Object.entries(plan.wanted)
    .flatMap(([name, wish]) => {
      const item = plan.find(name);
      if (wish.type !== "physical" || item === undefined) return [];
      if (which === "disconnected" && item.vlan !== undefined) return [];
      if (which === "free" && item.vlan !== undefined && plan.presentAbove(name).length > 0) return [];
      const { fields, tags, needed } = changesOf(name, item, wish, []);
      if (!needed || connectedOtherwise(plan, name, item, wish, fields)) return [];
      return [{ item, fields: { ...fields, ...mtuAlong(item, wish) }, tags, count: Object.keys(fields).length }];
    })
    .sort((a, b) => b.count - a.count)
    .some(({ item, fields, tags }) => plan.add(update(item, fields, tags)));
}

/** The MTU to send with a call that is needed anyway. */
function mtuAlong(item: PresentInterface, wish: HostInterface): Pick<InterfaceFields, "mtu"> {
  return item.mtu === wish.mtu ? {} : { mtu: wish.mtu ?? null };
}

/** Whether another call that is needed anyway puts a NIC onto its VLAN. */
function connectedOtherwise(
  plan: PlanBuilder,
  name: string,
  item: PresentInterface,
  wish: HostInterface,
  fields: InterfaceFields,
): boolean {
  if (fields.vlan === undefined || Object.keys(fields).length > 1) return false;
  const above = plan.wantedAbove(name).filter(([, other]) => other.type !== "vlan");
  const [carrier] = above;
  if (carrier === undefined)
    return item.vlan === undefined && wish.links.some((link) => link.mode === "AUTO") && linkConnects(plan, name, wish);
  const [carrierName, carrierWish] = carrier;
  const present = plan.find(carrierName);
  return (
    carrierWish.type === "bond" && present !== undefined && item.vlan !== undefined && !present.parents.includes(name)
  );
}

/** The first AUTO link of a disconnected NIC connects it; it is sent here, since VLAN interfaces need the NIC connected. */
function linkConnects(plan: PlanBuilder, name: string, wish: HostInterface): boolean {
  return plan.presentAbove(name).length === 0 && wish.vlan !== undefined;
}

/** Makes or changes the next interface. New ones at first only on what is finished itself, so that they get nothing of its past. */
function changeInterfaces(plan: PlanBuilder, lower: "finished" | "any", leaveToBridges: boolean): boolean {
  return bottomUp(plan.wanted).some((name) => {
    const wish = plan.wanted[name];
    if (wish === undefined) return false;
    if (wish.type === "physical") return connectByLink(plan, name, wish);
    const parents = presentParents(plan, wish);
    if (parents === undefined) return false;
    const item = plan.find(name);
    if (item !== undefined)
      return !(leaveToBridges && takenAlong(plan, name, item, wish)) && change(plan, name, item, wish, parents);
    const ready = lower === "any" || !wish.parents.some((parent) => pendingVirtual(plan, parent));
    return ready && create(plan, name, wish, parents);
  });
}

function pendingVirtual(plan: PlanBuilder, name: string): boolean {
  return plan.wanted[name]?.type !== "physical" && pending(plan, name);
}

/** Whether a bond lacks nothing but its VLAN, and a bridge that comes onto it has to change to that VLAN too: it takes the bond along. */
function takenAlong(plan: PlanBuilder, name: string, item: PresentInterface, wish: VirtualInterface): boolean {
  if (wish.type !== "bond" || sameVlan(item.vlan, wish.vlan)) return false;
  return plan.wantedAbove(name).some(([above, { type }]) => {
    const bridge = type === "bridge" ? plan.find(above) : undefined;
    return bridge !== undefined && !sameVlan(bridge.vlan, wish.vlan);
  });
}

function connectByLink(plan: PlanBuilder, name: string, wish: HostInterface): boolean {
  const item = plan.find(name);
  if (item === undefined || item.vlan !== undefined || wish.vlan === undefined) return false;
  const link = wish.links.find((candidate) => candidate.mode === "AUTO");
  if (link === undefined || plan.wantedAbove(name).some(([, above]) => above.type !== "vlan")) return false;
  return plan.add({ operation: "link_subnet", interface: item.name, ...link, vlan: wish.vlan });
}

function create(plan: PlanBuilder, name: string, wish: VirtualInterface, parents: readonly string[]): boolean {
  const call = creation(name, wish, parents);
  if (call === undefined || (wish.type === "bond" && !onVlan(plan, parents, wish))) return false;
  if (!plan.add(call)) return false;
  plan.named(name);
  return true;
}

/** Whether NICs are on the VLAN of their bond to be: one made elsewhere would carry the wrong network until it is moved. */
function onVlan(plan: PlanBuilder, nics: readonly string[], bond: VirtualInterface): boolean {
  return nics.every((name) => sameVlan(plan.findPresent(name)?.vlan, bond.vlan));
}

function creation(name: string, wish: VirtualInterface, parents: readonly string[]): Call | undefined {
  const [parent] = parents;
  if (parent === undefined) return undefined;
  const common = { name, tags: wish.tags, ...(wish.mtu === undefined ? {} : { mtu: wish.mtu }) };
  if (wish.type === "vlan")
    return wish.vlan === undefined ? undefined : { operation: "create_vlan", ...common, parent, vlan: wish.vlan };
  const mac = wish.macAddress === undefined ? {} : { macAddress: wish.macAddress };
  if (wish.type === "bond") return { operation: "create_bond", ...common, parents, bond: wish.bond, ...mac };
  return { operation: "create_bridge", ...common, parent, bridge: wish.bridge, ...mac };
}

function change(
  plan: PlanBuilder,
  name: string,
  item: PresentInterface,
  wish: VirtualInterface,
  parents: readonly string[],
): boolean {
  const { fields, tags, needed } = changesOf(name, item, wish, parents);
  if (!needed) return false;
  if (!plan.add(update(item, { ...fields, ...mtuAlong(item, wish) }, tags))) return false;
  plan.named(name);
  return true;
}

/**
 * When whole changes block each other: the fields of one interface in two calls. At first only where it is not just a matter of waiting
 * for what the interface is to sit on.
 */
function changePartly(plan: PlanBuilder, split: Strategy["split"], which: "ready" | "any"): boolean {
  return bottomUp(plan.wanted).some((name) => {
    const wish = plan.wanted[name];
    const item = plan.find(name);
    if (wish === undefined || wish.type === "physical" || item === undefined) return false;
    const target = presentParents(plan, wish);
    if (target === undefined && which === "ready") return false;
    const parents = target ?? item.parents;
    const { fields, tags } = changesOf(name, item, wish, parents);
    const mtu = item.mtu === undefined ? mtuAlong(item, wish) : {};
    return partsOf(fields, split, which).some((fieldsNow) => {
      const part = { ...fieldsNow, ...mtu };
      if (!plan.add(update(item, part, tags))) return false;
      if (part.name !== undefined) plan.named(name);
      return true;
    });
  });
}

/** Ways to do a part of a change, the preferred first. As long as there may be another way, only those that get an interface off its place. */
function partsOf(fields: InterfaceFields, split: Strategy["split"], which: "ready" | "any"): InterfaceFields[] {
  const { name, vlan, parents, ...rest } = fields;
  const named = name === undefined ? {} : { name };
  const moved = parents === undefined ? {} : { parents };
  const connected = vlan === undefined ? {} : { vlan };
  const halves: InterfaceFields[] = [
    { ...named, ...moved, ...rest },
    { ...named, ...connected, ...rest },
  ];
  if (split === "vlan") halves.reverse();
  halves.push({ ...connected, ...rest }, { ...moved, ...connected, ...rest });
  return halves.filter((part) => {
    const size = Object.keys(part).length;
    const moves = part.parents !== undefined || part.vlan !== undefined;
    return size > 0 && size < Object.keys(fields).length && (moves || which === "any");
  });
}

/** When bonds wait for each other's members: one lets go of those that it shall lose. */
function releaseMembers(plan: PlanBuilder): boolean {
  return Object.entries(plan.wanted).some(([name, wish]) => {
    const item = plan.find(name);
    if (wish.type !== "bond" || item === undefined) return false;
    const staying = item.parents.filter((member) => wish.parents.includes(member));
    return (
      staying.length > 0 &&
      staying.length < item.parents.length &&
      plan.add(update(item, { parents: staying }, item.tags))
    );
  });
}

/** When a member of a bond is held by what first has to move to that bond: the bond is begun with the others. */
function createPartly(plan: PlanBuilder): boolean {
  return Object.entries(plan.wanted).some(([name, wish]) => {
    if (wish.type !== "bond" || plan.find(name) !== undefined) return false;
    const free = wish.parents.filter(
      (member) => sameVlan(plan.find(member)?.vlan, wish.vlan) && plan.presentAbove(member).length === 0,
    );
    return free.length > 0 && free.length < wish.parents.length && create(plan, name, wish, free);
  });
}

function update(item: PresentInterface, fields: InterfaceFields, tags: readonly string[]): Call {
  return { operation: "update", interface: item.name, type: item.type, fields, tags };
}
