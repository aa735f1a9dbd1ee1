import { type ClusterProgress, type PoolProgress, running } from "./progress";

/** What is known of the failures of one machine pool or layer, from look to look. */
interface Failures {
  kind: FailedDeployment["kind"];
  /** How many failures were seen since something was last reached. */
  attempts: number;
  /** What the last look showed as failed: uids of rows, or the layer. */
  shown: readonly string[];
  /** What the last failure was; empty when Palette reports no text. */
  message: string;
  /** Number of machines that ran at the last look. */
  running: number;
  /** Looks in a row that showed a failure and nothing under way. */
  still: number;
  /** Uids of rows that were given a machine and have not failed since. */
  assigned: readonly string[];
}

/** Failures seen during one wait, by what failed. */
export type FailureRecord = Readonly<Record<string, Failures>>;

/** A deployment that is not waited for any longer. */
export interface FailedDeployment {
  /** E.g. `machine pool "worker-pool"`. */
  what: string;
  kind: "pool" | "layer";
  attempts: number;
  message: string;
}

/** How often a deployment may fail, each time without anything reached in between, before a wait ends. */
export const failuresAllowed = 3;

/** Looks after which a failure that nothing follows counts as how it ended: ten minutes at the usual pace. */
export const looksAtFailure = 120;

/**
 * The record after one more look. A failure counts once for as long as it is shown; a pool that got another node, and a layer that is installed,
 * begin again. A machine that was never given to a pool has not failed: that pool waits for machines. Pure.
 */
export function recordFailures(record: FailureRecord, progress: ClusterProgress): FailureRecord {
  const pools = progress.pools.map((pool): [string, Failures] => {
    const what = `machine pool "${pool.name}"`;
    return [what, afterLook(record[what] ?? none("pool"), pool)];
  });
  const layers = progress.layers
    .filter(({ is }) => is === "installing")
    .map(({ name, version, failure }): [string, Failures] => {
      const what = `layer ${name} ${version}`;
      return [what, count(record[what] ?? none("layer"), failure === undefined ? [] : [name], failure, true)];
    });
  return Object.fromEntries([...pools, ...layers]);
}

function afterLook(before: Failures, pool: PoolProgress): Failures {
  const now = running(pool);
  const assigned = new Set([...before.assigned, ...(pool.assigned ?? [])]);
  const failed = (pool.failed ?? []).filter(
    (machine) => machine.final || assigned.has(machine.uid) || before.shown.includes(machine.uid),
  );
  const isIdle = ["Allocated", "Provisioning", "Provisioned"].every((state) => (pool.states[state] ?? 0) === 0);
  const shown = failed.map(({ uid }) => uid);
  // A machine that stays failed while others come is a failure still.
  const left = shown.some((uid) => before.shown.includes(uid)) ? 1 : 0;
  const since = now > before.running ? { ...before, attempts: left, still: 0 } : before;
  const after = count(since, shown, failed.at(-1)?.message, isIdle);
  return { ...after, running: now, assigned: [...assigned].filter((uid) => !shown.includes(uid)) };
}

function count(before: Failures, shown: readonly string[], message: string | undefined, isIdle: boolean): Failures {
  const added = shown.filter((what) => !before.shown.includes(what)).length;
  return {
    ...before,
    attempts: before.attempts + added,
    shown,
    message: message || before.message,
    still: added === 0 && shown.length > 0 && isIdle ? before.still + 1 : 0,
  };
}

/** The deployments that failed too often, or failed and do not go on. Pure. */
export function failedDeployments(record: FailureRecord): FailedDeployment[] {
  return Object.entries(record)
    .filter(([, { attempts, still }]) => attempts >= failuresAllowed || (attempts > 0 && still >= looksAtFailure))
    .map(([what, { kind, attempts, message }]) => ({ what, kind, attempts, message }));
}

/** The record of what has not failed yet. */
function none(kind: Failures["kind"]): Failures {
  return { kind, attempts: 0, shown: [], message: "", running: 0, still: 0, assigned: [] };
}

/** What a failed deployment is reported as, with the steps to take. Pure. */
export function describeFailedDeployments(cluster: string, failed: readonly FailedDeployment[]): string {
  const steps = {
    pool:
      "Look at the machine's installation log in MAAS, repair the machine or give the pool another one " +
      "(outOfService: true in its host's description leaves a machine out)",
    layer: "Look at the layer in Palette, correct its values in the profile and raise the profile's version",
  };
  const lines = failed.map(({ what, attempts, message }) => {
    const times = attempts === 1 ? "failed and does not go on" : `failed ${attempts} times`;
    return `${what} ${times}${message === "" ? "" : `: ${message}`}.`;
  });
  const kinds = [...new Set(failed.map(({ kind }) => kind))];
  return (
    `Cluster "${cluster}": ${lines.join(" ")} The wait ends here, the cluster stays. ` +
    `${kinds.map((kind) => `${steps[kind]}.`).join(" ")} Then run \`pulumi up\` again: it goes on with this cluster.`
  );
}
