import type { HostInterface, HostLink } from "../host-interface";
import { matchLinks } from "../match-links";
import type { PresentInterface } from "../present-network";
import type { PlanBuilder } from "./plan-builder";
import { bottomUp } from "./plan-builder";
import { unsettled } from "./structure";

/** Addresses by mode and subnet, as many times as there are. */
export function addressesOf(plan: PlanBuilder): string[] {
  return [...plan.network.interfaces.values()].flatMap((item) =>
    item.links.filter((link) => link.mode !== "LINK_UP").map((link) => `${link.mode} ${link.subnet ?? ""}`),
  );
}

/**
 * Puts back at once what the last call took: a wanted link of a mode and subnet that was lost, on an interface to which nothing more
 * happens that would drop it.
 */
export function putLinksBack(plan: PlanBuilder, before: readonly string[]): void {
  const lost = [...before];
  for (const address of addressesOf(plan)) {
    const index = lost.indexOf(address);
    if (index >= 0) lost.splice(index, 1);
  }
  if (lost.length === 0) return;
  for (const [name, wish] of Object.entries(plan.wanted)) {
    if (unsettled(plan, name)) continue;
    for (const link of missingLinks(plan, name, wish)) {
      const index = lost.indexOf(`${link.mode} ${link.subnet ?? ""}`);
      if (index >= 0 && addLink(plan, name, wish, link)) lost.splice(index, 1);
    }
  }
}

/** Links that are too many go, then those that are missing come; then the default gateway. */
export function finishLinks(plan: PlanBuilder): void {
  const names = bottomUp(plan.wanted);
  for (const name of names) removeUnwanted(plan, name);
  for (const name of names) {
    const wish = plan.wanted[name];
    if (wish !== undefined) for (const link of missingLinks(plan, name, wish)) addLink(plan, name, wish, link);
  }
  finishDefaultGateway(plan);
}

function missingLinks(plan: PlanBuilder, name: string, wish: HostInterface): readonly HostLink[] {
  const item = plan.find(name);
  if (item === undefined) return [];
  return matchLinks(item.links, wish.links, plan.network.defaultGatewayLinkId).missing;
}

function addLink(plan: PlanBuilder, name: string, wish: HostInterface, link: HostLink): boolean {
  const item = plan.find(name);
  if (item === undefined) return false;
  const vlan = wish.vlan === undefined ? {} : { vlan: wish.vlan };
  return plan.add({ operation: "link_subnet", interface: item.name, ...link, ...vlan });
}

/** One call takes all links off: fewer calls than one by one when several are too many, even when some have to come back. */
function removeUnwanted(plan: PlanBuilder, name: string): void {
  const item = plan.find(name);
  const wish = plan.wanted[name];
  if (item === undefined || wish === undefined) return;
  const { kept, unwanted } = matchLinks(item.links, wish.links, plan.network.defaultGatewayLinkId);
  const gateway = kept.some(({ present, wanted }) => wanted.defaultGateway !== isGateway(plan, present.id)) ? 1 : 0;
  if (unwanted.length + gateway > 1 + kept.length) {
    plan.add({ operation: "remove_all_links", interface: item.name });
    return;
  }
  for (const { id, mode, subnet } of unwanted)
    if (mode !== "LINK_UP")
      plan.add({
        operation: "unlink_subnet",
        interface: item.name,
        linkId: id,
        mode,
        ...(subnet === undefined ? {} : { subnet }),
      });
}

function isGateway(plan: PlanBuilder, linkId: number): boolean {
  return plan.network.defaultGatewayLinkId === linkId;
}

function finishDefaultGateway(plan: PlanBuilder): void {
  const present = plan.network.defaultGatewayLinkId;
  for (const [name, wish] of Object.entries(plan.wanted)) {
    const item = plan.find(name);
    if (item === undefined) continue;
    const { kept } = matchLinks(item.links, wish.links, present);
    for (const { present: link, wanted } of kept) {
      if (wanted.defaultGateway === (link.id === present)) continue;
      if (wanted.defaultGateway)
        plan.add({
          operation: "set_default_gateway",
          interface: item.name,
          linkId: link.id,
          ...(link.subnet === undefined ? {} : { subnet: link.subnet }),
        });
      else if (!gatewayWanted(plan)) plan.add({ operation: "clear_default_gateways" });
    }
  }
}

function gatewayWanted(plan: PlanBuilder): boolean {
  return Object.values(plan.wanted).some((wish) => wish.links.some((link) => link.defaultGateway));
}

/**
 * MTUs that are still wrong. MAAS raises what is below and lowers what is above by itself, so raising begins at the top, lowering at
 * the bottom, and MTUs that shall not be set are removed last.
 */
export function finishMtus(plan: PlanBuilder): void {
  const names = bottomUp(plan.wanted);
  const isLow = (item: PresentInterface, mtu: number | undefined) => mtu !== undefined && (item.mtu ?? 0) < mtu;
  const isHigh = (item: PresentInterface, mtu: number | undefined) => mtu !== undefined && (item.mtu ?? 0) > mtu;
  const isSpare = (item: PresentInterface, mtu: number | undefined) => mtu === undefined && item.mtu !== undefined;
  for (const name of [...names].reverse()) setMtuWhen(plan, name, isLow);
  for (const name of names) setMtuWhen(plan, name, isHigh);
  for (const name of names) setMtuWhen(plan, name, isSpare);
}

function setMtuWhen(
  plan: PlanBuilder,
  name: string,
  wrong: (item: PresentInterface, mtu: number | undefined) => boolean,
): void {
  const item = plan.find(name);
  const wish = plan.wanted[name];
  if (item === undefined || wish === undefined || !wrong(item, wish.mtu)) return;
  plan.add({
    operation: "update",
    interface: item.name,
    type: item.type,
    fields: { mtu: wish.mtu ?? null },
    tags: item.tags,
  });
}
