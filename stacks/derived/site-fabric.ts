import type { SiteObjects } from "../../providers/maas/look-ups/site-objects";
import type { Datacenter } from "../description/datacenter";

/** What decides which fabric of MAAS is meant. */
type FabricOf = Pick<Datacenter, "fabric" | "networks">;

/**
 * Returns the name of the fabric that the datacenter stands on. A described name is that. Otherwise it is the fabric that holds the
 * subnet that machines boot from, under the name that it has; where MAAS has no such subnet, the default.
 *
 * @param created whether the stack created the fabric: then it has the default name, whatever somebody renamed it to
 */
export function siteFabricName(
  { fabric, networks }: FabricOf,
  objects: Pick<SiteObjects, "fabrics" | "subnets"> | undefined,
  created = false,
): string {
  if (fabric.described || created || objects === undefined) return fabric.name;
  const boot = objects.subnets.find(({ cidr }) => cidr === networks.provisioning.cidr);
  return objects.fabrics.find(({ id }) => id === boot?.vlan.fabric_id)?.name ?? fabric.name;
}
