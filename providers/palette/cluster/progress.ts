import type { ClusterAnswer, Condition, MachineCondition } from "../client/clusters";
import type { PackAnswer } from "../client/profiles";

/** How far one machine pool is. */
export interface PoolProgress {
  name: string;
  wanted: number;
  /** Machines by `instanceState`, e.g. `{ Running: 2, Provisioning: 1 }`; rows of deleted machines are left out. */
  states: Record<string, number>;
  /** How many of its machines a repave has still to replace. */
  old: number;
  /** Uids of its rows that have a machine of MAAS. Default none. */
  assigned?: readonly string[];
  /** Its machines that could not be deployed, as Palette reports them. Default none. */
  failed?: readonly FailedMachine[];
}

/** A machine that could not be deployed. */
export interface FailedMachine {
  /** Uid of its row: an attempt with another machine may have another row. */
  uid: string;
  /** Whether its state is Failed: such a row does not go on by itself. */
  final: boolean;
  /** What Palette reports; empty when nothing. */
  message: string;
}

/** What a layer of an attached profile still has to become. */
export interface OpenLayer {
  name: string;
  version: string;
  /**
   * - `installing`: reported in another version, or as not ready;
   * - `former`: only the layer of a profile that is no longer attached is reported, in the same version: whether its content is the new one is
   *   not known.
   */
  is: "installing" | "former";
  /** What Palette reports of a failed installation; absent when it reports none. */
  failure?: string;
}

/** What is known of a cluster while it is waited for. */
export interface ClusterProgress {
  /** `status.state`; "Starting" while Palette answers none. */
  state: string;
  /** From the overview; asked for only when the state is Running. */
  health: string;
  conditions: Condition[];
  repave: string;
  /** Whether Palette reports that downloaded profiles cannot be applied. */
  notApplicable: boolean;
  layers: OpenLayer[];
  pools: PoolProgress[];
}

/** Why a cluster is not settled. The last, and only the last, may never change: it is waited for only so long. */
export type Open = "state" | "health" | "repave" | "layers" | "pools" | "nodes" | "change";

/**
 * Conditions by which Palette tells that nodes are still being added or removed. All others are reported only: once the state is Running and the
 * health is good they decide nothing, and tenants have some of which no public source tells what they mean.
 */
const nodeConditions: readonly string[] = [
  "ControlPlaneNodeAdditionDone",
  "ControlPlaneNodeDeletionDone",
  "WorkerNodeAdditionDone",
  "WorkerNodeDeletionDone",
];

/** Published states of a machine that is on its way to run, or out (`Allocated` is ours: see `lookAtCluster`). */
const movingStates: readonly string[] = ["Pending", "Allocated", "Provisioning", "Provisioned", "Deleting"];

/**
 * What a cluster still has to reach: running, healthy, every pool at its size with no machine on its way, every layer installed, nothing waiting
 * for approval. Unknown conditions, unknown states of machines and `canBeApplied` of a cluster that this run did not change keep nothing open.
 * Pure.
 *
 * @param changed whether this run sent other profiles or values: then `canBeApplied` false, and layers of former profiles, mean that Palette may
 *   not have begun
 */
export function openParts(progress: ClusterProgress, changed: boolean): Open[] {
  const checks: [part: Open, open: boolean][] = [
    ["state", progress.state !== "Running"],
    ["health", progress.health.toLowerCase() !== "healthy"],
    ["repave", progress.repave === "Pending"],
    ["layers", progress.layers.some((layer) => layer.is === "installing")],
    ["pools", progress.pools.some((pool) => running(pool) !== pool.wanted || moving(pool) > 0)],
    ["nodes", progress.conditions.some(({ type, status }) => nodeConditions.includes(type) && status === "False")],
    ["change", changed && (progress.notApplicable || progress.layers.some((layer) => layer.is === "former"))],
  ];
  return checks.filter(([, open]) => open).map(([part]) => part);
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

/**
 * Layers of the attached profiles that are reported in another version, as not ready, or only for a profile that is no longer attached (a layer
 * that is reported as ready may still run the former pack). A layer that is not reported at all is not judged.
 */
export function openLayers(cluster: ClusterAnswer): OpenLayer[] {
  const reported = cluster.status?.packs ?? [];
  const profiles = cluster.spec?.clusterProfileTemplates ?? [];
  const attached = new Set(profiles.map(({ uid }) => uid));
  return profiles.flatMap((profile) =>
    (profile.packs ?? []).flatMap((pack): OpenLayer[] => {
      const own = reported.find(({ name, profileUid }) => name === pack.name && profileUid === profile.uid);
      const former = reported.find(
        ({ name, profileUid }) => name === pack.name && typeof profileUid === "string" && !attached.has(profileUid),
      );
      const status = own ?? former;
      if (status === undefined) return [];
      const layer = { name: pack.name, version: pack.version ?? status.version ?? "" };
      const isVersion = status.version === undefined || sameVersion(status.version, pack);
      const failure = failureIn(status.condition);
      if (status.condition?.status !== "True" || !isVersion)
        return [{ ...layer, is: "installing", ...(failure === undefined ? {} : { failure }) }];
      return own === undefined ? [{ ...layer, is: "former" }] : [];
    }),
  );
}

/** Whether a reported version is the pack's: by version or by tag, which may be spelled with a prefix (`LTS__22.04`, `v1.33.2`). */
function sameVersion(reported: string | null, pack: Pick<PackAnswer, "version" | "tag">): boolean {
  const plain = (text: string | null | undefined): string => (text ?? "").replace(/^(LTS__|v(?=\d))/, "");
  const known = [pack.version, pack.tag].map(plain).filter((version) => version !== "");
  return plain(reported) === "" || known.length === 0 || known.includes(plain(reported));
}

/**
 * Returns what a condition reports of a failure, undefined when it reports none; decided by its reason, because a layer that is being installed is
 * not ready either.
 */
export function failureIn(condition: MachineCondition | null | undefined): string | undefined {
  if (condition?.status !== "False" || !/fail|error/i.test(condition.reason ?? "")) return undefined;
  return condition.message || condition.reason || "";
}

/** One line for people: state, nodes per pool, and what is not done yet with its reason. */
export function describeProgress(progress: ClusterProgress): string {
  const health = progress.health === "" ? "" : `, ${progress.health.toLowerCase()}`;
  const pools = progress.pools
    .map((pool) => `${pool.name} ${running(pool)} of ${pool.wanted}${others(pool)}`)
    .join(", ");
  const layers = (is: OpenLayer["is"]): string =>
    progress.layers
      .filter((layer) => layer.is === is)
      .map(({ name, version, failure }) => `${name} ${version}${failure === undefined ? "" : ` (${failure})`}`)
      .join(", ");
  const [installing, former] = [layers("installing"), layers("former")];
  const notes = [
    ...(progress.repave === "Pending" ? ["a repave waits for approval"] : []),
    ...(progress.notApplicable ? ["changed profiles cannot be applied yet (canBeApplied is false)"] : []),
    ...(installing === "" ? [] : [`layers to be installed: ${installing}`]),
    ...(former === "" ? [] : [`layers reported only for a profile that is no longer attached: ${former}`]),
    ...progress.conditions.filter(({ status }) => status !== "True").map(describeCondition),
  ];
  return [`${progress.state}${health}; ${pools}`, ...notes].join("; ");
}

function describeCondition({ type, status, reason, message }: Condition): string {
  return `${type} ${status}${reason ? ` ${reason}` : ""}${message ? `: ${message}` : ""}`;
}

function machines(pool: PoolProgress): number {
  return Object.values(pool.states).reduce((sum, count) => sum + count, 0);
}

function moving(pool: PoolProgress): number {
  return movingStates.reduce((sum, state) => sum + (pool.states[state] ?? 0), 0);
}

function others(pool: PoolProgress): string {
  const rest = Object.entries(pool.states).filter(([state]) => state !== "Running");
  const parts = rest.map(([state, count]) => `${count} ${state.toLowerCase()}`);
  if (pool.old > 0) parts.push(`${pool.old} to be replaced`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
