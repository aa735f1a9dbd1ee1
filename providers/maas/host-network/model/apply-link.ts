import type { LinkSubnet, RemoveAllLinks, SetDefaultGateway, UnlinkSubnet } from "../call";
import { formatVlan, sameVlan } from "../host-interface";
import type { NetworkDraft } from "./network-draft";

/** Adds a link. Links add up: the same call again makes a second link. Answers why MAAS would refuse. */
export function linkSubnet(draft: NetworkDraft, call: LinkSubnet): string | undefined {
  const item = draft.find(call.interface);
  if (item === undefined) return `there is no interface ${call.interface}`;
  if (draft.bondOf(item.name) !== undefined) return `${item.name} is in a bond`;
  if (call.mode === "DHCP") {
    if (item.links.some((link) => link.mode === "DHCP")) return `${item.name} has a DHCP link already`;
  } else if (item.vlan === undefined) {
    const connects = item.type === "physical" && call.mode === "AUTO" && draft.bridgeOn(item.name) === undefined;
    if (!connects) return `${item.name} is disconnected`;
    draft.setVlan(item.name, call.vlan);
  } else if (!sameVlan(item.vlan, call.vlan)) {
    return `${item.name} is on ${formatVlan(item.vlan)}, ${call.subnet ?? ""} is on ${formatVlan(call.vlan)}`;
  }
  if (call.ipAddress !== undefined && draft.all().some((other) => holds(other.links, call.ipAddress)))
    return `${call.ipAddress} is in use`;
  const id = draft.addLink(item.name, {
    mode: call.mode,
    ...(call.subnet === undefined ? {} : { subnet: call.subnet }),
    ...(call.ipAddress === undefined ? {} : { ipAddress: call.ipAddress }),
  });
  if (call.defaultGateway) draft.setDefaultGateway(id);
  return undefined;
}

function holds(links: readonly { ipAddress?: string }[], address: string | undefined): boolean {
  return links.some((link) => link.ipAddress === address);
}

/** Takes all links off; a LINK_UP stays. */
export function removeAllLinks(draft: NetworkDraft, call: RemoveAllLinks): string | undefined {
  if (draft.find(call.interface) === undefined) return `there is no interface ${call.interface}`;
  if (draft.bondOf(call.interface) !== undefined) return `${call.interface} is in a bond`;
  draft.dropLinks(call.interface);
  draft.addLink(call.interface, { mode: "LINK_UP" });
  return undefined;
}

/** Takes one link off. */
export function unlinkSubnet(draft: NetworkDraft, call: UnlinkSubnet): string | undefined {
  if (!hasLink(draft, call.interface, call.linkId)) return `${call.interface} has no link ${call.linkId}`;
  draft.removeLink(call.interface, call.linkId);
  return undefined;
}

/** Makes an existing link the default gateway; the former one is one no more. */
export function setDefaultGateway(draft: NetworkDraft, call: SetDefaultGateway): string | undefined {
  if (!hasLink(draft, call.interface, call.linkId)) return `${call.interface} has no link ${call.linkId}`;
  draft.setDefaultGateway(call.linkId);
  return undefined;
}

function hasLink(draft: NetworkDraft, name: string, id: number): boolean {
  return draft.find(name)?.links.some((link) => link.id === id) ?? false;
}
