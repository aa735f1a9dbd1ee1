import { deleteRecord } from "../maas/dns";
import { stepMachines } from "./machines";
import { isLeaving } from "./pool-plan";
import type { Round } from "./round";

/**
 * Takes a cluster down: workers first, then the control plane, then its DNS record and Kubernetes. A forced deletion leaves
 * machines and record as they are in MAAS.
 * @throws MaasError when MAAS cannot be asked: the cluster stays in Deleting.
 */
export async function stepDeletion(round: Round): Promise<void> {
  const { cluster } = round;
  if (cluster.deletion?.forced) {
    cluster.machines = [];
    cluster.endpoint = undefined;
    return finish(round);
  }
  const workers = cluster.machines.filter((machine) => !isControlPlane(round, machine.poolName));
  for (const machine of workers.length > 0 ? workers : cluster.machines)
    if (!isLeaving(machine) && machine.phase !== "allocating") round.move(machine, "draining");
  await stepMachines(round);
  if (cluster.machines.length > 0) return;
  if (cluster.endpoint?.recordId !== undefined) await deleteRecord(round.maas, cluster.endpoint.recordId);
  cluster.endpoint = undefined;
  await finish(round);
}

async function finish(round: Round): Promise<void> {
  const { cluster, palette } = round;
  await palette.platform.delete(cluster.uid);
  cluster.kubeconfig = undefined;
  cluster.healthy = false;
  cluster.state = "Deleted";
  cluster.stateSince = round.now;
  round.event("ClusterDeleted", "The cluster was deleted");
  palette.store.save();
}

function isControlPlane(round: Round, poolName: string): boolean {
  return round.cluster.pools.some((pool) => pool.spec.name === poolName && pool.spec.isControlPlane);
}
