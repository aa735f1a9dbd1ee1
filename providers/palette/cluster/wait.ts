import { PartialFailure } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, clusterHealth, readCloudConfig, readCluster, readMachines } from "../client/clusters";
import type { ClusterInputs, ClusterOutputs } from "./inputs";
import type { MachinePool } from "./pools";
import { type ClusterProgress, describeProgress, isSettled, type PoolProgress, stateOf } from "./progress";

/** Names why a pool does not fill up, from what other APIs know (MAAS: machines that are Ready and fit). One line per pool. */
export type PoolDiagnosis = (pools: readonly MachinePool[], progress: readonly PoolProgress[]) => Promise<string[]>;

/** How a wait goes about it. */
export interface WaitOptions {
  /** When it gives up, in milliseconds since the epoch. */
  deadline: number;
  /** Pause between two looks, in milliseconds. Default 5000. */
  pollInterval?: number;
  report: (line: string) => void;
  diagnose?: PoolDiagnosis | undefined;
}

/**
 * Waits until a cluster is settled: running, healthy, every pool at its size. Reports each change once. Any state that is not known is shown
 * and waited on: only the deadline ends a wait.
 *
 * @returns what the outputs tell of the cluster
 * @throws PartialFailure when the deadline passes; the next `up` waits on.
 */
export async function waitUntilSettled(
  client: PaletteClient,
  uid: string,
  inputs: ClusterInputs,
  known: ClusterOutputs,
  options: WaitOptions,
): Promise<ClusterOutputs> {
  let outputs = known;
  let reported = "";
  let stuck = 0;
  for (;;) {
    const cluster = await readCluster(client, uid);
    if (cluster === undefined)
      throw new Error(`Cluster "${inputs.name}" (${uid}) was deleted in Palette while it was waited for.`);
    outputs = { ...outputs, ...clusterOutputs(cluster) };
    const progress = await lookAt(client, cluster, inputs.pools, outputs.configUid);
    if (isSettled(progress)) return outputs;
    const line = describeProgress(progress);
    if (line !== reported) options.report(line);
    stuck = line === reported ? stuck + 1 : 0;
    reported = line;
    if (stuck === 1 && options.diagnose !== undefined) {
      for (const finding of await options.diagnose(inputs.pools, progress.pools)) options.report(finding);
    }
    if (Date.now() >= options.deadline) {
      const findings = (await options.diagnose?.(inputs.pools, progress.pools)) ?? [];
      throw new PartialFailure(
        uid,
        { ...outputs },
        `Cluster "${inputs.name}" (${uid}) is not ready after ${inputs.timeoutMinutes} minutes: ${[line, ...findings].join("; ")}. ` +
          "Nothing is lost: the next `pulumi up` goes on waiting. timeoutMinutes sets how long.",
      );
    }
    await pause(Math.min(options.pollInterval ?? 5000, Math.max(0, options.deadline - Date.now())));
  }
}

/** Waits until a cluster is gone. @throws Error at the deadline; the engine keeps the resource and the next destroy waits on. */
export async function waitUntilDeleted(
  client: PaletteClient,
  uid: string,
  name: string,
  options: WaitOptions,
): Promise<void> {
  let reported = "";
  for (;;) {
    const cluster = await readCluster(client, uid);
    if (cluster === undefined) return;
    const line = stateOf(cluster);
    if (line !== reported) options.report(line);
    reported = line;
    if (Date.now() >= options.deadline) {
      throw new Error(
        `Cluster "${name}" (${uid}) is still ${line}. The next run goes on waiting. If it never ends (Palette offers that after 15 minutes), ` +
          "set forceDelete; machines that stay deployed in MAAS are then listed.",
      );
    }
    await pause(Math.min(options.pollInterval ?? 5000, Math.max(0, options.deadline - Date.now())));
  }
}

/** What the outputs tell of a cluster. */
export function clusterOutputs(cluster: ClusterAnswer): Pick<ClusterOutputs, "configUid" | "apiEndpoint"> {
  const [endpoint] = cluster.status?.apiEndpoints ?? [];
  return {
    configUid: cluster.spec?.cloudConfigRef?.uid ?? null,
    apiEndpoint: endpoint === undefined ? null : `${endpoint.host}:${endpoint.port}`,
  };
}

async function lookAt(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: readonly MachinePool[],
  configUid: string | null,
): Promise<ClusterProgress> {
  const state = stateOf(cluster);
  const [health, pools] = await Promise.all([
    state === "Running" ? clusterHealth(client, cluster.metadata.uid) : "",
    configUid === null
      ? wanted.map((pool) => ({ name: pool.name, wanted: pool.size, states: {} }))
      : poolProgress(client, configUid, wanted),
  ]);
  return {
    state,
    health,
    conditions: cluster.status?.conditions ?? [],
    repave: cluster.status?.repave?.state ?? "",
    pools,
  };
}

async function poolProgress(
  client: PaletteClient,
  configUid: string,
  wanted: readonly MachinePool[],
): Promise<PoolProgress[]> {
  const config = await readCloudConfig(client, configUid);
  const present = new Set((config.spec.machinePoolConfig ?? []).map(({ name }) => name));
  return Promise.all(
    wanted.map(async (pool) => {
      const machines = present.has(pool.name) ? await readMachines(client, configUid, pool.name) : [];
      const states: Record<string, number> = {};
      for (const machine of machines) {
        const name = machine.status?.instanceState ?? "Pending";
        states[name] = (states[name] ?? 0) + 1;
      }
      return { name: pool.name, wanted: pool.size, states };
    }),
  );
}

/** Palette has no call that waits, so it is asked again after a while. */
async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
