import { deleteFabric } from "../../site/delete-fabric";
import { deleteAddress, linksOf } from "./addresses";
import type { NetworkContext } from "./network-context";
import type { OpenInterface } from "./open-interface";

/** Whether a fabric has neither a subnet nor an interface of any node on any of its VLANs. */
function isUnused(context: NetworkContext, fabricId: number): boolean {
  const { site, machines } = context.store;
  const vlans = new Set(site.vlans.filter((vlan) => vlan.fabricId === fabricId).map((vlan) => vlan.id));
  return (
    !site.subnets.some((subnet) => vlans.has(subnet.vlanId)) &&
    !site.rackControllers.some((rack) => vlans.has(rack.vlanId)) &&
    !machines.some((machine) => machine.interfaces.some((each) => each.vlanId !== null && vlans.has(each.vlanId)))
  );
}

/**
 * An interface moved to another VLAN or was disconnected: its links go. A fabric that is left without any subnet and
 * interface vanishes with its VLANs (commissioning makes such fabrics for NICs that it knows nothing of).
 */
export function vlanChanged(context: NetworkContext, open: OpenInterface, before: number | null): void {
  if (open.id === null) return;
  for (const link of linksOf(context, open.id)) deleteAddress(context, open.id, link.id);
  if (before === null) return;
  const fabricId = context.store.site.vlans.find(({ id }) => id === before)?.fabricId;
  // It is gone already when an interface above, saved along with this one, was the last on it.
  if (fabricId !== undefined && isUnused(context, fabricId)) deleteFabric(context.store, fabricId);
}
