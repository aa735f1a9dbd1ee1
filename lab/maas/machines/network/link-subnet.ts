import { refusal } from "../../server/refusal";
import { addressTaken } from "../address-taken";
import type { AddressRecord } from "../model";
import { addAddress, deleteAddress, linkModeOf, linksOf, type LinkMode } from "./addresses";
import { freeAddress } from "./free-address";
import type { NetworkContext } from "./network-context";
import type { OpenInterface } from "./open-interface";
import { saveInterface } from "./save-interface";
import { subnetById, subnetFamily } from "./subnets";

function idOf(open: OpenInterface): number {
  if (open.id === null) throw new Error("an interface that was never saved has no links");
  return open.id;
}

function removeLinks(context: NetworkContext, interfaceId: number, mode: LinkMode, keep: number): void {
  for (const link of linksOf(context, interfaceId)) {
    if (link.id !== keep && linkModeOf(link) === mode) deleteAddress(context, interfaceId, link.id);
  }
}

function removeDhcp(context: NetworkContext, interfaceId: number, subnetId: number | null, keep: number): void {
  const family = subnetId === null ? null : subnetFamily(context.store, subnetId);
  for (const link of linksOf(context, interfaceId)) {
    if (link.id === keep || link.allocationType !== "dhcp") continue;
    if (family === null || link.subnetId === null || subnetFamily(context.store, link.subnetId) === family) {
      deleteAddress(context, interfaceId, link.id);
    }
  }
}

function linkStatic(
  context: NetworkContext,
  open: OpenInterface,
  subnetId: number | null,
  ip: string | null,
): AddressRecord {
  const { store } = context;
  if (ip === null) {
    if (subnetId === null) throw refusal(403, "Could not find an appropriate subnet.");
    return addAddress(context, idOf(open), {
      allocationType: "sticky",
      ip: freeAddress(store, subnetId),
      subnetId,
    });
  }
  if (addressTaken(store, ip)) throw refusal(404, "IP address is already in use.");
  const link = addAddress(context, idOf(open), { allocationType: "sticky", ip, subnetId });
  saveInterface(context, open);
  return link;
}

/**
 * Gives an interface a link. A disconnected interface first joins the subnet's VLAN. A real link replaces a LINK_UP and a
 * DHCP link of the same address family; a LINK_UP replaces another LINK_UP.
 *
 * @throws MaasRefusal 404 when the static address is in use, 503 when the subnet has none left.
 */
export function linkSubnet(
  context: NetworkContext,
  open: OpenInterface,
  mode: LinkMode,
  subnetId: number | null,
  ip: string | null = null,
): AddressRecord {
  const id = idOf(open);
  if (open.columns.vlanId === null && subnetId !== null) {
    open.columns.vlanId = subnetById(context.store, subnetId).vlanId;
    saveInterface(context, open, ["vlanId"]);
  }
  if (mode === "link_up") {
    removeLinks(context, id, "link_up", -1);
    const link = addAddress(context, id, { allocationType: "sticky", ip: null, subnetId });
    saveInterface(context, open);
    removeDhcp(context, id, subnetId, link.id);
    return link;
  }
  if (mode === "dhcp") {
    removeDhcp(context, id, subnetId, -1);
    const link = addAddress(context, id, { allocationType: "dhcp", ip: null, subnetId });
    removeLinks(context, id, "link_up", link.id);
    return link;
  }
  const link =
    mode === "auto"
      ? addAddress(context, id, { allocationType: "auto", ip: null, subnetId })
      : linkStatic(context, open, subnetId, ip);
  removeDhcp(context, id, subnetId, link.id);
  removeLinks(context, id, "link_up", link.id);
  return link;
}
