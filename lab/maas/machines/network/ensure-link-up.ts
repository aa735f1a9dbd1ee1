import { deleteAddress, linkModeOf, linksOf } from "./addresses";
import { linkSubnet } from "./link-subnet";
import { findInterface, type NetworkContext } from "./network-context";
import type { OpenInterface } from "./open-interface";
import { subnetById } from "./subnets";

/**
 * Gives an interface without a link a LINK_UP, in the subnet that commissioning saw on its VLAN if there is one. A
 * disconnected interface gets none. A LINK_UP beside real links goes.
 */
export function ensureLinkUp(context: NetworkContext, open: OpenInterface): void {
  const { id } = open;
  if (id === null) return;
  const links = linksOf(context, id);
  if (links.length > 0) {
    const linkUps = links.filter((link) => link.allocationType === "sticky" && linkModeOf(link) === "link_up");
    if (linkUps.length < links.length) {
      for (const link of linkUps) deleteAddress(context, id, link.id);
    }
    return;
  }
  const { vlanId } = open.columns;
  if (vlanId === null) return;
  const seen = findInterface(context, id)?.addresses.find(
    (address) =>
      address.allocationType === "discovered" &&
      address.subnetId !== null &&
      subnetById(context.store, address.subnetId).vlanId === vlanId,
  );
  linkSubnet(context, open, "link_up", seen?.subnetId ?? null);
}
