import { onSubnetDeleted } from "../machines/site-deletions";
import type { Store } from "../store";

/**
 * Drops a subnet with everything that names it: links and addresses of machines and racks, ranges, static routes from
 * and to it, addresses of DNS resources (and those resources that have none left).
 */
export function deleteSubnet(store: Store, subnetId: number): void {
  const { site } = store;
  onSubnetDeleted(store, subnetId);
  for (const rack of site.rackControllers) {
    rack.addresses = rack.addresses.filter((address) => address.subnetId !== subnetId);
  }
  site.ipRanges = site.ipRanges.filter((range) => range.subnetId !== subnetId);
  site.staticRoutes = site.staticRoutes.filter(
    (route) => route.sourceId !== subnetId && route.destinationId !== subnetId,
  );
  site.reservedAddresses = site.reservedAddresses.filter((address) => address.subnetId !== subnetId);
  site.subnets = site.subnets.filter((subnet) => subnet.id !== subnetId);
  store.changed();
}
