import { InputError, messageOf } from "../../dynamic/errors";
import { samePlain } from "../../dynamic/plain";
import type { CloudConfigAnswer } from "../client/clusters";
import type { PoolDiagnosis } from "./pool-diagnosis";
import { type MachinePool, presentPool, templateChanges } from "./pools";

/** A machine pool whose nodes a change replaces. */
export interface NodeReplacement {
  /** As it is to be. */
  pool: MachinePool;
  /** The inputs that its nodes are made from and that change, e.g. `taints`. */
  because: string[];
}

/** What nodes are made from besides the profiles. */
export interface NodeSettings {
  pools: readonly MachinePool[];
  /** Public keys are written into every node. */
  sshKeys: readonly string[];
}

/** What the nodes of a cluster are made from now, from its cloud config. Pure. */
export function nodeSettings({ spec }: CloudConfigAnswer): NodeSettings {
  return { pools: (spec.machinePoolConfig ?? []).map(presentPool), sshKeys: spec.clusterConfig?.sshKeys ?? [] };
}

/** The pools whose nodes have to be replaced to get from what is to what is wanted. Pools that come or go are none of them. Pure. */
export function nodeReplacements(present: NodeSettings, wanted: NodeSettings): NodeReplacement[] {
  const keys = samePlain([...present.sshKeys], [...wanted.sshKeys]) ? [] : ["sshKeys"];
  return wanted.pools.flatMap((pool) => {
    const former = present.pools.find(({ name }) => name === pool.name);
    const because = former === undefined ? [] : [...templateChanges(former, pool), ...keys];
    return because.length === 0 ? [] : [{ pool, because }];
  });
}

/** The replacements as people read them, one line a pool. Pure. */
export function replacementLines(replacements: readonly NodeReplacement[]): string[] {
  return replacements.map(({ pool, because }) => `machine pool "${pool.name}" changes in ${because.join(", ")}`);
}

/**
 * Makes sure that nodes are replaced only when that is approved and can be done.
 *
 * @throws InputError before anything is sent
 */
export async function admitReplacements(
  cluster: string,
  replacements: readonly NodeReplacement[],
  approved: boolean,
  diagnose: PoolDiagnosis | undefined,
): Promise<void> {
  if (replacements.length === 0) return;
  const what = replacementLines(replacements).join("; ");
  if (!approved) {
    throw new InputError(
      `Cluster "${cluster}": this change replaces nodes, one after the other: ${what}. Nothing was sent. ` +
        "Set cluster.approveRepave: true to approve it, or take the change back.",
    );
  }
  const lacking = await lackingSpares(
    replacements.map(({ pool }) => pool),
    diagnose,
  );
  if (lacking.length > 0) throw new InputError(`Cluster "${cluster}": ${noSpare(lacking)} Nothing was sent.`);
}

/**
 * Says which pools have no spare: where a node is added before one is removed, MAAS must have a machine that is Ready and fits. Pools are
 * replaced one after the other, so each is asked about alone.
 */
export async function lackingSpares(
  pools: readonly MachinePool[],
  diagnose: PoolDiagnosis | undefined,
): Promise<string[]> {
  if (diagnose === undefined) return [];
  const adding = pools.filter(({ updateStrategy }) => updateStrategy === "RollingUpdateScaleOut");
  const findings = await Promise.all(adding.map((pool) => askForSpare(pool, diagnose)));
  return findings.flat();
}

/** Why a repave is not begun, for people. */
export function noSpare(lacking: readonly string[]): string {
  return `nodes are replaced by adding one first, which needs a spare machine: ${lacking.join(" ")}`;
}

async function askForSpare(pool: MachinePool, diagnose: PoolDiagnosis): Promise<string[]> {
  try {
    return await diagnose([{ pool, missing: 1 }]);
  } catch (failure) {
    return [`whether machine pool "${pool.name}" has one could not be found out: ${messageOf(failure)}`];
  }
}
