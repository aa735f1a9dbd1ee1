import type { Datacenter } from "../description/datacenter";
import { NOTHING_KNOWN, recordOf, type SiteKnowledge } from "./site-knowledge";

/** What decides which fabric of MAAS is meant. */
type FabricOf = Pick<Datacenter, "fabric" | "networks">;

/** The name of the fabric's resource. */
export const FABRIC_RESOURCE = "datacenter";

/**
 * Returns the name of the fabric that the datacenter stands on. A described name is that, and one that this stack created has the
 * default. Otherwise it is the fabric that holds the subnet that machines boot from, under the name that it has; where MAAS has no such
 * subnet, the default.
 */
export function siteFabricName({ fabric, networks }: FabricOf, known: SiteKnowledge = NOTHING_KNOWN): string {
  if (fabric.described) return fabric.name;
  const record = recordOf(known, "Fabric", FABRIC_RESOURCE, fabric.key);
  if (record?.origin === "created") return fabric.key;
  return holdingFabric(networks, known.objects) ?? nameOf(record?.outputs) ?? fabric.name;
}

/** Returns the name that the fabric has in MAAS now: another one than {@link siteFabricName} while it is about to be renamed. */
export function presentFabricName(datacenter: FabricOf, known: SiteKnowledge): string {
  const name = siteFabricName(datacenter, known);
  const exists = known.objects?.fabrics.some((fabric) => fabric.name === name) ?? true;
  return exists ? name : (holdingFabric(datacenter.networks, known.objects) ?? name);
}

function holdingFabric(networks: Datacenter["networks"], objects: SiteKnowledge["objects"]): string | undefined {
  const boot = objects?.subnets.find(({ cidr }) => cidr === networks.provisioning.cidr);
  return objects?.fabrics.find(({ id }) => id === boot?.vlan.fabric_id)?.name;
}

function nameOf(outputs: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const name = outputs?.["name"] ?? outputs?.["currentName"];
  return typeof name === "string" ? name : undefined;
}
