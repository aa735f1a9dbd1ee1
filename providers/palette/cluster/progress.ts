import type { ClusterAnswer, Condition } from "../client/clusters";

/** How far one machine pool is. */
export interface PoolProgress {
  name: string;
  wanted: number;
  /** Machines by `instanceState`, e.g. `{ Running: 2, Provisioning: 1 }`. */
  states: Record<string, number>;
  /** How many of its machines a repave has still to replace. */
  old: number;
}

/** What is known of a cluster while it is waited for. */
export interface ClusterProgress {
  /** `status.state`; "Starting" while Palette answers none. */
  state: string;
  /** From the overview; asked for only when the state is Running. */
  health: string;
  conditions: Condition[];
  repave: string;
  /** Whether changed profiles are still on their way to the cluster. */
  downloading: boolean;
  /** Layers that are not installed as they are to be, as `pack version`. */
  layers: string[];
  pools: PoolProgress[];
}

/** Whether a repave has replaced every node of every pool. */
export function isReplaced({ pools }: ClusterProgress): boolean {
  return pools.every(({ old }) => old === 0);
}

/** Number of machines of a pool that run. */
export function running(pool: PoolProgress): number {
  return pool.states["Running"] ?? 0;
}

/**
 * Number of machines that a pool still has to get: those that it has but that are not allocated yet count as missing, also the one that a repave
 * adds to a pool that is at its size.
 */
export function missing(pool: PoolProgress): number {
  return Math.max(0, pool.wanted - machines(pool)) + (pool.states["Pending"] ?? 0);
}

/** The state as Palette tells it. */
export function stateOf(cluster: ClusterAnswer): string {
  return cluster.status?.state ?? "Starting";
}

/** Layers of the attached profiles that are reported in another version or as not ready. A layer that is not reported at all is not judged. */
export function openLayers(cluster: ClusterAnswer): string[] {
  const reported = cluster.status?.packs ?? [];
  return (cluster.spec?.clusterProfileTemplates ?? []).flatMap((profile) =>
    (profile.packs ?? []).flatMap((pack) => {
      const status = reported.find(({ name, profileUid }) => name === pack.name && profileUid === profile.uid);
      if (status === undefined) return [];
      const wanted = pack.version ?? status.version ?? "";
      const ready = status.condition?.status === "True" && (status.version ?? wanted) === wanted;
      return ready ? [] : [`${pack.name} ${wanted}`];
    }),
  );
}

/**
 * Whether a cluster is as far as it can get: running, healthy, every pool at its size and no machine on its way, no node being added or
 * removed, every layer installed, nothing waiting.
 */
export function isSettled(progress: ClusterProgress): boolean {
  return (
    progress.state === "Running" &&
    progress.health.toLowerCase() === "healthy" &&
    progress.repave !== "Pending" &&
    !progress.downloading &&
    progress.layers.length === 0 &&
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
  const notes = [
    ...(progress.repave === "Pending" ? ["a repave waits for approval"] : []),
    ...(progress.downloading ? ["changed profiles are being downloaded"] : []),
    ...(progress.layers.length === 0 ? [] : [`layers to be installed: ${progress.layers.join(", ")}`]),
    ...openConditions(progress).map(describeCondition),
  ];
  return [`${progress.state}${health}; ${pools}`, ...notes].join("; ");
}

/** Conditions that are not true. */
export function openConditions(progress: ClusterProgress): Condition[] {
  return progress.conditions.filter((condition) => condition.status !== "True");
}

function describeCondition({ type, status, reason, message }: Condition): string {
  return `${type} ${status}${reason ? ` ${reason}` : ""}${message ? `: ${message}` : ""}`;
}

function machines(pool: PoolProgress): number {
  return Object.values(pool.states).reduce((sum, count) => sum + count, 0);
}

function others(pool: PoolProgress): string {
  const rest = Object.entries(pool.states).filter(([state]) => state !== "Running");
  const parts = rest.map(([state, count]) => `${count} ${state.toLowerCase()}`);
  if (pool.old > 0) parts.push(`${pool.old} to be replaced`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
