import { InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import type { VlanAnswer } from "./client/site-types";

/**
 * The VLAN of a fabric's name and a vid.
 *
 * @throws InputError naming what there is instead.
 */
export async function findVlan(client: MaasClient, fabric: string, vid: number): Promise<VlanAnswer> {
  const found = await client.fabrics.named(fabric);
  const vlan = found?.vlans.find((candidate) => candidate.vid === vid);
  if (vlan !== undefined) return vlan;
  if (found === undefined) {
    const names = (await client.fabrics.list()).map((candidate) => candidate.name);
    throw new InputError(`MAAS has no fabric "${fabric}". It has: ${names.join(", ")}.`, "fabric");
  }
  const vids = found.vlans.map((candidate) => candidate.vid).sort((left, right) => left - right);
  throw new InputError(
    `Fabric "${fabric}" has no VLAN ${vid}. It has: ${vids.join(", ")}. Describe it first (a Vlan that this resource depends on).`,
    "vid",
  );
}

/** After a VLAN or its fabric was renamed or moved: what is known of VLANs, subnets and machines names it as it was. */
export function forgetVlanReferences(client: MaasClient): void {
  client.fabrics.forget();
  client.subnets.forget();
  client.machines.forget();
}

/** Returns the name of a VLAN's fabric, in the words of the description: `fabric-<id>` still means a fabric that was renamed. */
export function fabricOf(vlan: { readonly fabric: string; readonly fabric_id: number }, described: unknown): string {
  return described === `fabric-${vlan.fabric_id}` ? described : vlan.fabric;
}
