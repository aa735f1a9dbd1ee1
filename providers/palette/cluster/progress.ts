import type { ClusterAnswer, Condition } from "../client/clusters";

/** How far one machine pool is. */
export interface PoolProgress {
  name: string;
  wanted: number;
  /** Machines by `instanceState`, e.g. `{ Running: 2, Provisioning: 1 }`. */
  states: Record<string, number>;
}

/** What is known of a cluster while it is waited for. */
export interface ClusterProgress {
  /** `status.state`; "Starting" while Palette answers none. */
  state: string;
  /** From the overview; asked for only when the state is Running. */
  health: string;
  conditions: Condition[];
  repave: string;
  pools: PoolProgress[];
}

/** Number of machines of a pool that run. */
export function running(pool: PoolProgress): number {
  return pool.states["Running"] ?? 0;
}

/** The state as Palette tells it. */
export function stateOf(cluster: ClusterAnswer): string {
  return cluster.status?.state ?? "Starting";
}

/**
 * Whether a cluster is as far as it can get: running, healthy, every pool at its size and no machine on its way, no node being added or removed.
 */
export function isSettled(progress: ClusterProgress): boolean {
  return (
    progress.state === "Running" &&
    progress.health.toLowerCase() === "healthy" &&
    progress.pools.every((pool) => running(pool) === pool.wanted && machines(pool) === pool.wanted) &&
    openConditions(progress).length === 0
  );
}

/** One line for people: state, nodes per pool, and what is not done yet with its reason. */
export function describeProgress(progress: ClusterProgress): string {
  const health = progress.health === "" ? "" : `, ${progress.health.toLowerCase()}`;
  const pools = progress.pools
    .map((pool) => `${pool.name} ${running(pool)} of ${pool.wanted}${others(pool)}`)
    .join(", ");
  const repave = progress.repave === "Pending" ? "; a repave waits for approval" : "";
  const open = openConditions(progress).map(describeCondition);
  return [`${progress.state}${health}; ${pools}${repave}`, ...open].join("; ");
}

/** Conditions that are not true. */
export function openConditions(progress: ClusterProgress): Condition[] {
  return progress.conditions.filter((condition) => condition.status !== "True");
}

function describeCondition(condition: Condition): string {
  const reason =
    condition.reason === undefined || condition.reason === null || condition.reason === ""
      ? ""
      : ` ${condition.reason}`;
  const message =
    condition.message === undefined || condition.message === null || condition.message === ""
      ? ""
      : `: ${condition.message}`;
  return `${condition.type} ${condition.status}${reason}${message}`;
}

function machines(pool: PoolProgress): number {
  return Object.values(pool.states).reduce((sum, count) => sum + count, 0);
}

function others(pool: PoolProgress): string {
  const rest = Object.entries(pool.states).filter(([state]) => state !== "Running");
  return rest.length === 0 ? "" : ` (${rest.map(([state, count]) => `${count} ${state.toLowerCase()}`).join(", ")})`;
}
