import { ApiError, messageOf } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { readCluster, readMachines } from "../client/clusters";
import { isGone } from "../../http/lost-answer";
import type { ClusterInputs, ClusterOutputs } from "./inputs";
import type { MachinesInUse } from "./metal-view";
import { waitUntilDeleted } from "./wait";
import { forceVariable, type WaitOptions } from "./wait-options";

/** How a deletion goes about it. */
export interface DeleteOptions extends WaitOptions {
  /** Says which machines MAAS still has in use; absent when nobody knows. */
  inUse: MachinesInUse | undefined;
}

/**
 * What the environment of this run asks: to force the deletion of the cluster of this name as soon as Palette allows it. A destroy has no
 * description to read, and the reason to force one shows only when it hangs.
 */
export function askedForce(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): Partial<Pick<ClusterInputs, "forceDelete" | "forceDeleteAfterMinutes">> {
  return environment[forceVariable] === name ? { forceDelete: true, forceDeleteAfterMinutes: 0 } : {};
}

/**
 * Deletes a cluster and waits until Palette released its machines. With `forceDelete` Palette is told to forget a cluster whose deletion does
 * not end in time; the machines that MAAS then still has in use are named. A cluster that is gone already is a success.
 *
 * @throws PartialFailure at the deadline; the engine keeps the resource and the next destroy waits on.
 */
export async function deleteCluster(
  client: PaletteClient,
  uid: string,
  state: ClusterInputs & ClusterOutputs,
  options: DeleteOptions,
): Promise<void> {
  const found = await readCluster(client, uid);
  if (found === undefined) return;
  if (found.status?.state !== "Deleting") await askToDelete(client, uid, false);
  const force = state.forceDelete ? new Force(client, uid, state, options.report) : undefined;
  try {
    await waitUntilDeleted(client, uid, state.name, options, () => force?.look() ?? Promise.resolve());
  } finally {
    if (force?.left !== undefined) options.report(await stranded(force.left, options.inUse));
  }
}

/** What a forced deletion leaves in MAAS, for people. */
async function stranded(hostnames: readonly string[], inUse: MachinesInUse | undefined): Promise<string> {
  const told = "deletion was forced: Palette has forgotten the cluster and released none of its machines any more";
  const all = hostnames.join(", ") || "none";
  if (inUse === undefined)
    return `${told}. Look in MAAS which of these are still deployed, and release them there: ${all}`;
  try {
    const left = await inUse(hostnames);
    if (left.length === 0) return `${told}. MAAS has none of them in use: ${all}`;
    return `${told}. Still in use in MAAS, to be released there: ${left.join(", ")}`;
  } catch (failure) {
    return `${told}. Release in MAAS which of these are still deployed: ${all}. MAAS could not be asked: ${messageOf(failure)}`;
  }
}

/** Forces a deletion that does not end: once, when its time has come and Palette allows it. */
class Force {
  /** Hostnames of the machines that the cluster had when it was forced; undefined while it was not. */
  left: readonly string[] | undefined;
  private readonly since = Date.now();
  private refusal = "";

  constructor(
    private readonly client: PaletteClient,
    private readonly uid: string,
    private readonly state: ClusterInputs & ClusterOutputs,
    private readonly report: (line: string) => void,
  ) {}

  async look(): Promise<void> {
    if (this.left !== undefined || Date.now() - this.since < this.state.forceDeleteAfterMinutes * 60_000) return;
    const machines = await machineNames(this.client, this.state);
    try {
      await askToDelete(this.client, this.uid, true);
    } catch (failure) {
      if (!isRefusal(failure)) throw failure;
      if (messageOf(failure) !== this.refusal)
        this.report(`Palette does not let it be forced yet: ${messageOf(failure)}`);
      this.refusal = messageOf(failure);
      return;
    }
    this.left = machines;
  }
}

function isRefusal(failure: unknown): boolean {
  return failure instanceof ApiError && failure.status !== undefined && failure.status >= 400 && failure.status < 500;
}

async function machineNames(
  client: PaletteClient,
  { configUid, pools }: ClusterInputs & ClusterOutputs,
): Promise<string[]> {
  if (configUid === null) return [];
  const machines = await Promise.all(pools.map((pool) => readMachines(client, configUid, pool.name)));
  return machines.flat().map((machine) => machine.spec?.hostname ?? machine.metadata.name);
}

async function askToDelete(client: PaletteClient, uid: string, force: boolean): Promise<void> {
  try {
    const query = force ? { query: { forceDelete: true } } : {};
    await client.send({ method: "DELETE", path: `/v1/spectroclusters/${uid}`, ...query });
  } catch (failure) {
    if (!isGone(failure)) throw failure;
  }
}
