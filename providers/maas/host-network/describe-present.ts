import type { HostInterface, HostInterfaces, HostLink } from "./host-interface";
import { compareLinks } from "./compare-links";
import { matchLinks } from "./match-links";
import type { PresentInterface, PresentLink, PresentNetwork } from "./present-network";

/**
 * The present network in the terms of a description, so that both can be compared field by field: bonds, bridges and VLAN interfaces
 * whole, physical NICs only when the description has them, and what the description leaves to MAAS (the address of a STATIC link, a
 * MAC address, the tags of a NIC) left out. Equal to the description exactly when nothing has to be done.
 */
export function describePresent(present: PresentNetwork, wanted: HostInterfaces): HostInterfaces {
  const described: Record<string, HostInterface> = {};
  for (const item of present.interfaces.values()) {
    const wish = wanted[item.name];
    if (item.type === "physical" && wish?.type !== "physical") continue;
    described[item.name] = describeInterface(item, wish, present.defaultGatewayLinkId);
  }
  return described;
}

/**
 * The present network as a description that {@link planHostNetwork} can go back to: what a destroy puts back. Physical NICs are
 * those of the description, since no other is ever changed; MAC addresses are MAAS's choice again.
 */
export function formerInterfaces(present: PresentNetwork, wanted: HostInterfaces): HostInterfaces {
  const described: Record<string, HostInterface> = {};
  for (const item of present.interfaces.values()) {
    if (item.type === "physical" && wanted[item.name]?.type !== "physical") continue;
    described[item.name] = describeInterface(item, undefined, present.defaultGatewayLinkId);
  }
  return described;
}

function describeInterface(
  item: PresentInterface,
  wish: HostInterface | undefined,
  defaultGatewayLinkId: number | undefined,
): HostInterface {
  const common = {
    ...(item.vlan === undefined ? {} : { vlan: item.vlan }),
    ...(item.mtu === undefined ? {} : { mtu: item.mtu }),
    links: describeLinks(item.links, wish?.links ?? [], defaultGatewayLinkId),
  };
  const macAddress =
    wish !== undefined && "macAddress" in wish && wish.macAddress !== undefined ? { macAddress: item.macAddress } : {};
  const { parents, tags } = item;
  switch (item.type) {
    case "physical": {
      const leaveTags = wish?.type === "physical" && wish.tags === undefined;
      return { type: "physical", ...common, enabled: item.enabled, ...(leaveTags ? {} : { tags }) };
    }
    case "bond":
      return { type: "bond", ...common, parents, tags, bond: required(item.bond, item), ...macAddress };
    case "bridge":
      return { type: "bridge", ...common, parents, tags, bridge: required(item.bridge, item), ...macAddress };
    case "vlan":
      return { type: "vlan", ...common, parents, tags };
  }
}

function describeLinks(
  present: readonly PresentLink[],
  wanted: readonly HostLink[],
  defaultGatewayLinkId: number | undefined,
): HostLink[] {
  const { kept, unwanted } = matchLinks(present, wanted, defaultGatewayLinkId);
  return [
    ...kept.map(({ present: link, wanted: wish }) => ({ ...wish, defaultGateway: link.id === defaultGatewayLinkId })),
    ...unwanted.flatMap((link) => {
      const { id, mode, ...address } = link;
      return mode === "LINK_UP" ? [] : [{ mode, ...address, defaultGateway: id === defaultGatewayLinkId }];
    }),
  ].sort(compareLinks);
}

function required<Value>(value: Value | undefined, item: PresentInterface): Value {
  if (value === undefined) throw new Error(`Interface ${item.name} is a ${item.type} without its parameters.`);
  return value;
}
