import type { PaletteClient } from "../client/client";
import {
  type ClusterAnswer,
  clusterHealth,
  type MachineAnswer,
  readCloudConfig,
  readMachines,
} from "../client/clusters";
import type { ClusterOutputs } from "./inputs";
import type { MachinePool } from "./pools";
import {
  type ClusterProgress,
  type FailedMachine,
  failureIn,
  openLayers,
  type PoolProgress,
  stateOf,
} from "./progress";

/** How far a cluster is: its own answer, its health, and the machines of the wanted pools. `replacing` are those that a repave replaces. */
export async function lookAtCluster(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: readonly MachinePool[],
  { configUid, replacing }: Pick<ClusterOutputs, "configUid" | "replacing">,
): Promise<ClusterProgress> {
  const state = stateOf(cluster);
  const [health, pools] = await Promise.all([
    state === "Running" ? clusterHealth(client, cluster.metadata.uid) : "",
    configUid === null
      ? wanted.map((pool) => ({ name: pool.name, wanted: pool.size, states: {}, old: 0 }))
      : poolProgress(client, configUid, wanted, new Set(replacing)),
  ]);
  return {
    state,
    health,
    conditions: cluster.status?.conditions ?? [],
    repave: cluster.status?.repave?.state ?? "",
    notApplicable: cluster.status?.spcApply?.canBeApplied === false,
    layers: openLayers(cluster),
    pools,
  };
}

/** A machine that has a name was given by MAAS already, though Palette may call it pending until it deploys. */
function nameOfState({ spec, status }: MachineAnswer): string {
  const state = status?.instanceState ?? "";
  if (state === "") return status?.ready === true ? "Running" : "Pending";
  return state === "Pending" && (spec?.hostname ?? "") !== "" ? "Allocated" : state;
}

/** What Palette reports of a machine that could not be deployed; undefined when it reports no failure. */
function failureOf({ metadata, status }: MachineAnswer): FailedMachine | undefined {
  const final = status?.instanceState === "Failed";
  const message = (status?.health?.conditions ?? []).map(failureIn).find((failure) => failure !== undefined);
  return final || message !== undefined ? { uid: metadata.uid, final, message: message ?? "" } : undefined;
}

async function poolProgress(
  client: PaletteClient,
  configUid: string,
  wanted: readonly MachinePool[],
  replacing: ReadonlySet<string>,
): Promise<PoolProgress[]> {
  const config = await readCloudConfig(client, configUid);
  const present = new Set((config.spec.machinePoolConfig ?? []).map(({ name }) => name));
  return Promise.all(
    wanted.map(async (pool) => {
      const machines = present.has(pool.name) ? await readMachines(client, configUid, pool.name) : [];
      const states: Record<string, number> = {};
      for (const machine of machines) {
        const name = nameOfState(machine);
        states[name] = (states[name] ?? 0) + 1;
      }
      const old = machines.filter(({ metadata }) => replacing.has(metadata.uid)).length;
      const failed = machines.map(failureOf).filter((failure) => failure !== undefined);
      const assigned = machines.filter(({ spec }) => (spec?.hostname ?? "") !== "").map(({ metadata }) => metadata.uid);
      return { name: pool.name, wanted: pool.size, states, old, assigned, failed };
    }),
  );
}
