import type { Clock } from "../clock";
import type { Cluster, Condition, ConditionType } from "../model/cluster";
import { CONDITION_TYPES } from "../model/cluster";
import { isLeaving } from "./pool-plan";
import { templateDigest } from "./template-digest";
import { LIFE_SECONDS } from "./timing";

/** Status, reason and message of a condition. */
type Verdict = Pick<Condition, "status" | "reason" | "message">;

/** The conditions of a cluster as its machines and infrastructure are now; transition times follow changes of status. */
export function conditionsOf(cluster: Cluster, clock: Clock): Condition[] {
  const verdicts: Record<ConditionType, Verdict> = {
    ImageResolutionDone: after(clock, cluster, LIFE_SECONDS.pending + LIFE_SECONDS.image, "ImageResolved"),
    BootstrappingDone: after(
      clock,
      cluster,
      LIFE_SECONDS.pending + LIFE_SECONDS.image + LIFE_SECONDS.bootstrap,
      "Bootstrapped",
    ),
    KubeConfigReady:
      cluster.kubeconfig === undefined
        ? no("WaitingForControlPlane", "No control plane node is up yet")
        : yes("KubeConfigReady"),
    CloudInfrastructureReady: infrastructure(cluster),
    ControlPlaneNodeAdditionDone: additions(cluster, true),
    ControlPlaneNodeDeletionDone: deletions(cluster, true),
    WorkerNodeAdditionDone: additions(cluster, false),
    WorkerNodeDeletionDone: deletions(cluster, false),
  };
  return CONDITION_TYPES.map((type) => {
    const before = cluster.conditions.find((condition) => condition.type === type);
    const verdict = verdicts[type];
    const since = before?.status === verdict.status ? before.transitionedAt : clock.now();
    return { type, ...verdict, transitionedAt: since };
  });
}

/** Whether all nodes are there and none is being added or taken out. */
export function isSettled(cluster: Cluster): boolean {
  return cluster.conditions.length > 0 && cluster.conditions.every((condition) => condition.status === "True");
}

function yes(reason: string): Verdict {
  return { status: "True", reason, message: "" };
}

function no(reason: string, message: string): Verdict {
  return { status: "False", reason, message };
}

function after(clock: Clock, cluster: Cluster, seconds: number, reason: string): Verdict {
  return clock.passed(cluster.createdAt, seconds) ? yes(reason) : no("InProgress", "");
}

function infrastructure(cluster: Cluster): Verdict {
  if (cluster.cloudProblem !== "") return no("ConnectivityIssue", cluster.cloudProblem);
  const problems = [...new Set(cluster.machines.map((machine) => machine.problem).filter((problem) => problem !== ""))];
  if (problems.length > 0) return no("MachineProvisioningFailed", problems.join("; "));
  if (cluster.endpoint?.recordId === undefined) return no("WaitingForControlPlane", "No control plane node is up yet");
  return yes("InfrastructureReady");
}

function additions(cluster: Cluster, controlPlane: boolean): Verdict {
  const pools = cluster.pools.filter((pool) => pool.spec.isControlPlane === controlPlane && !pool.deleting);
  const lacking = pools.flatMap((pool) => {
    const { spec } = pool;
    const machines = cluster.machines.filter((machine) => machine.poolName === spec.name && !isLeaving(machine));
    const running = machines.filter((machine) => machine.phase === "running").length;
    const digest = templateDigest(cluster, pool);
    const old = machines.filter((machine) => machine.templateDigest !== digest).length;
    if (old === 0 && running >= spec.size && machines.every((machine) => machine.phase === "running")) return [];
    const problems = [...new Set(machines.map((machine) => machine.problem).filter((problem) => problem !== ""))];
    return [
      [
        `pool '${spec.name}': ${running} of ${spec.size} nodes are running`,
        ...(old > 0 ? [`${old} are to be replaced`] : []),
        ...problems,
      ].join("; "),
    ];
  });
  return lacking.length === 0 ? yes("NodeAdditionDone") : no("NodeAdditionInProgress", lacking.join("; "));
}

function deletions(cluster: Cluster, controlPlane: boolean): Verdict {
  const names = new Set(
    cluster.pools.filter((pool) => pool.spec.isControlPlane === controlPlane).map((pool) => pool.spec.name),
  );
  const leaving = cluster.machines.filter((machine) => names.has(machine.poolName) && isLeaving(machine));
  const excess = cluster.pools.flatMap(({ spec, deleting }) => {
    if (!names.has(spec.name)) return [];
    const size = deleting ? 0 : spec.size;
    const present = cluster.machines.filter((machine) => machine.poolName === spec.name).length;
    return present > size ? [`pool '${spec.name}': ${present} machines, ${size} wanted`] : [];
  });
  if (leaving.length === 0 && excess.length === 0) return yes("NodeDeletionDone");
  const named = leaving.map((machine) => machine.hostname || machine.uid);
  return no("NodeDeletionInProgress", named.length > 0 ? `leaving: ${named.join(", ")}` : excess.join("; "));
}
