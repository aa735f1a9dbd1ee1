import { randomBytes } from "node:crypto";
import { ensureRecord } from "../maas/dns";
import type { Machine } from "../model/machine-pool";
import type { Round } from "./round";

/** Running control plane nodes of a cluster. */
export function controlPlaneNodes(round: Round): Machine[] {
  const names = new Set(round.cluster.pools.filter((pool) => pool.spec.isControlPlane).map((pool) => pool.spec.name));
  return round.cluster.machines.filter((machine) => names.has(machine.poolName) && machine.phase === "running");
}

/**
 * Keeps the API server's DNS record in MAAS: `<cluster>-<6 characters>.<domain>`, one address per running control plane node.
 * @throws MaasError
 */
export async function stepEndpoint(round: Round): Promise<void> {
  const { cluster } = round;
  const addresses = controlPlaneNodes(round)
    .map((machine) => machine.addresses[0])
    .filter((address) => address !== undefined)
    .sort();
  if (addresses.length === 0) return;
  if (!cluster.endpoint) {
    // Written down first: a restart goes on with the same name.
    cluster.endpoint = { label: `${cluster.name}-${randomBytes(3).toString("hex")}`, addresses: [] };
    round.palette.store.save();
  }
  if (cluster.endpoint.recordId !== undefined && cluster.endpoint.addresses.join() === addresses.join()) return;
  const { label } = cluster.endpoint;
  const recordId = await ensureRecord(round.maas, label, cluster.cloudConfig.domain, addresses);
  cluster.endpoint = { label, recordId, addresses };
  round.event("EndpointReady", `The API server answers at ${label}.${cluster.cloudConfig.domain}`);
  round.palette.store.save();
}
