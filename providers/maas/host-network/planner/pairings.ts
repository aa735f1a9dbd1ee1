import type { HostInterface, HostInterfaces } from "../host-interface";
import { parentsOf, sameVlan } from "../host-interface";
import { matchLinks } from "../match-links";
import type { PresentInterface, PresentNetwork } from "../present-network";
import { changesOf } from "./changes";
import type { Pairing } from "./plan-builder";
import { bottomUp } from "./plan-builder";

/**
 * Visits the ways in which present bonds, bridges and VLAN interfaces can become wanted ones of their kind, the most natural first.
 * Skips those that cannot lead to a plan of fewer than `limit()` calls; their bound never counts a call that might not be needed.
 */
export function visitPairings(
  present: PresentNetwork,
  wanted: HostInterfaces,
  limit: () => number,
  visit: (pairing: Pairing) => void,
): void {
  const names = bottomUp(wanted).filter((name) => wanted[name]?.type !== "physical");
  const pairing = new Map<string, string>();
  const taken = new Set<string>();

  const descend = (index: number, bound: number): void => {
    if (bound >= limit()) return;
    const name = names[index];
    const wish = name === undefined ? undefined : wanted[name];
    if (name === undefined || wish === undefined) {
      if (bound + leastDeletes(present, taken) < limit()) visit(new Map(pairing));
      return;
    }
    const reuse = (item: PresentInterface): void => {
      if (taken.has(item.name)) return;
      taken.add(item.name);
      pairing.set(name, item.name);
      descend(index + 1, bound + leastChanges(present, wanted, pairing, name, wish, item));
      taken.delete(item.name);
      pairing.delete(name);
    };
    const { natural, forced } = candidates(present, wanted, name, wish);
    natural.forEach(reuse);
    descend(index + 1, bound + 1 + (present.bridgeTakesLinks ? 0 : wish.links.length));
    forced.forEach(reuse);
  };
  descend(0, leastForNics(present, wanted));
}

/**
 * Interfaces of the wanted kind, the likest first. Natural is the one of the same name, and one whose name nothing wants; to take
 * one whose name something else of its kind has is tried last, so that of plans equally short the one with the fewest surprises wins.
 */
function candidates(
  present: PresentNetwork,
  wanted: HostInterfaces,
  name: string,
  wish: HostInterface,
): { natural: PresentInterface[]; forced: PresentInterface[] } {
  const likeness = (item: PresentInterface): number =>
    (item.name === name ? 4 : 0) +
    (sameVlan(item.vlan, wish.vlan) ? 2 : 0) +
    (parentsOf(wish).some((parent) => item.parents.includes(parent)) ? 1 : 0);
  const sameKind = [...present.interfaces.values()]
    .filter((item) => item.type === wish.type)
    .sort((a, b) => likeness(b) - likeness(a));
  const isForced = (item: PresentInterface) => item.name !== name && wanted[item.name]?.type === wish.type;
  return { natural: sameKind.filter((item) => !isForced(item)), forced: sameKind.filter(isForced) };
}

function leastChanges(
  present: PresentNetwork,
  wanted: HostInterfaces,
  pairing: Pairing,
  name: string,
  wish: HostInterface,
  item: PresentInterface,
): number {
  const parents = parentsOf(wish).map((parent) =>
    wanted[parent]?.type === "physical" ? parent : (pairing.get(parent) ?? ""),
  );
  const { fields, tags } = changesOf(name, item, wish, parents);
  const { vlan, ...own } = fields;
  const bridged = Object.values(wanted).some((above) => above.type === "bridge" && parentsOf(above).includes(name));
  const needed = Object.keys(own).length > 0 || (vlan !== undefined && !bridged) || tags.join() !== item.tags.join();
  const links = vlan === undefined ? missing(present, item, wish) : wish.links.length;
  return (needed ? 1 : 0) + (present.bridgeTakesLinks ? 0 : links);
}

function missing(present: PresentNetwork, item: PresentInterface, wish: HostInterface): number {
  return matchLinks(item.links, wish.links, present.defaultGatewayLinkId).missing.length;
}

/** What NICs need at least: their links, and a call for tags or for being enabled. */
function leastForNics(present: PresentNetwork, wanted: HostInterfaces): number {
  let calls = 0;
  for (const [name, wish] of Object.entries(wanted)) {
    const item = present.interfaces.get(name);
    if (wish.type !== "physical" || item === undefined) continue;
    calls += sameVlan(item.vlan, wish.vlan) ? missing(present, item, wish) : wish.links.length;
    const tags = wish.tags ?? item.tags;
    if (item.enabled !== wish.enabled || tags.join() !== item.tags.join()) calls += 1;
  }
  return calls;
}

/** A delete for each interface that becomes no wanted one and does not go along with one below it. */
function leastDeletes(present: PresentNetwork, taken: ReadonlySet<string>): number {
  const doomed = (name: string): boolean => {
    const item = present.interfaces.get(name);
    return item !== undefined && item.type !== "physical" && !taken.has(name);
  };
  const goesAlong = (name: string): boolean =>
    (present.interfaces.get(name)?.parents ?? []).some((parent) => doomed(parent) || goesAlong(parent));
  return [...present.interfaces.keys()].filter((name) => doomed(name) && !goesAlong(name)).length;
}
