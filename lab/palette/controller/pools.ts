import { LIFE_SECONDS } from "./timing";
import type { Cluster } from "../model/cluster";
import type { MachinePool } from "../model/machine-pool";
import { newUid } from "../uid";
import { isLeaving, planPool } from "./pool-plan";
import type { Round } from "./round";
import { templateDigest } from "./template-digest";

/**
 * Gives every pool the machines that it is to have: adds slots, takes machines out, replaces those of another template.
 * Workers come after the control plane; pools are replaced one by one unless the cluster says otherwise.
 */
export function stepPools(round: Round): void {
  const { cluster } = round;
  if (
    !round.palette.clock.passed(cluster.createdAt, LIFE_SECONDS.pending + LIFE_SECONDS.image + LIFE_SECONDS.bootstrap)
  )
    return;
  let busy = false;
  for (const pool of inOrder(cluster.pools)) {
    if (!pool.spec.isControlPlane && cluster.kubeconfig === undefined) continue;
    const replacing = stepPool(round, pool, !busy);
    if (pool.spec.isControlPlane || cluster.clusterConfig["updateWorkerPoolsInParallel"] !== true) busy ||= replacing;
  }
  const gone = cluster.pools.filter(
    (pool) => pool.deleting && !cluster.machines.some((machine) => machine.poolName === pool.spec.name),
  );
  if (gone.length > 0) {
    cluster.pools = cluster.pools.filter((pool) => !gone.includes(pool));
    round.palette.store.save();
  }
}

// Whether nodes of the pool are still to be replaced.
function stepPool(round: Round, pool: MachinePool, mayReplace: boolean): boolean {
  const { cluster } = round;
  const digest = templateDigest(cluster, pool);
  const machines = cluster.machines.filter((machine) => machine.poolName === pool.spec.name);
  const interval = pool.spec.nodeRepaveInterval ?? 0;
  const plan = planPool(
    {
      size: pool.deleting ? 0 : pool.spec.size,
      strategy: pool.spec.updateStrategy,
      templateDigest: digest,
      mayReplace: mayReplace && round.palette.clock.passed(pool.replacedAt, interval),
    },
    machines,
  );
  for (const uid of plan.remove) {
    const machine = machines.find((each) => each.uid === uid);
    if (!machine) continue;
    if (machine.templateDigest !== digest) pool.replacedAt = round.now;
    round.event("MachineDraining", `Machine ${machine.hostname || machine.uid} leaves pool '${pool.spec.name}'`);
    round.move(machine, "draining");
  }
  for (let index = 0; index < plan.add; index++) addMachine(round, pool, digest);
  if (plan.add > 0) round.palette.store.save();
  return machines.some((machine) => machine.templateDigest !== digest || isLeaving(machine));
}

function addMachine(round: Round, pool: MachinePool, digest: string): void {
  round.cluster.machines.push({
    uid: newUid(),
    poolName: pool.spec.name,
    templateDigest: digest,
    phase: "waiting",
    phaseSince: round.now,
    hostname: "",
    zone: "",
    addresses: [],
    cpuCount: 0,
    memoryMebibytes: 0,
    problem: "",
    retryAt: 0,
    released: false,
    createdAt: round.now,
  });
}

/** Control plane first. */
function inOrder(pools: Cluster["pools"]): MachinePool[] {
  return [...pools].sort((one, other) => Number(other.spec.isControlPlane) - Number(one.spec.isControlPlane));
}
