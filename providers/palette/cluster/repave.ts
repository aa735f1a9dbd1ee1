import { z } from "zod";
import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, readCloudConfig, readCluster, readMachines } from "../client/clusters";
import type { ClusterOutputs } from "./inputs";

/** The state of a repave and its reasons (`GET /v1/spectroclusters/{uid}/repave/status`). */
const repaveStatusSchema = z
  .object({
    spec: z.object({ reasons: z.array(z.object({ message: z.string().nullish() })).nullish() }).nullish(),
    status: z.object({ repaveTransitionTime: z.string().nullish() }).nullish(),
  })
  // An answer without either says nothing: it must not count as a repave without reasons and without a time.
  .refine(({ spec, status }) => (spec ?? status) !== null && (spec ?? status) !== undefined, {
    error: "expected spec or status",
  })
  .describe("the state of a repave");

/** Whether a repave waits for approval: every node is replaced, one after the other, once it is given. */
export function awaitsApproval(cluster: ClusterAnswer): boolean {
  return cluster.status?.repave?.state === "Pending";
}

/** Why a repave waits, in Palette's words. */
export async function waitingReasons(client: PaletteClient, uid: string): Promise<string[]> {
  const status = await client.get(`/v1/spectroclusters/${uid}/repave/status`, repaveStatusSchema);
  return (status.spec?.reasons ?? []).map(({ message }) => message ?? "").filter((message) => message !== "");
}

/** Why a repave waits and what to do about it, for people. */
export async function describeRepave(client: PaletteClient, uid: string, name: string): Promise<string> {
  const reasons = await waitingReasons(client, uid);
  return (
    `Cluster "${name}" waits for approval of a repave (every node is replaced, one after the other): ` +
    `${reasons.join("; ") || "Palette gives no reason"}. Nothing moves until then. Set cluster.approveRepave: true to approve it, ` +
    "or take the change back."
  );
}

/**
 * Uids of the machines that the repave of a cluster replaces: all that it has when the repave is first seen to wait, because Palette's own state
 * does not tell whether every pool had its turn. None when there is no repave, or it was taken back.
 *
 * @param resumed whether a run before began this and was killed before it could record them: then they are those that are older than the approval
 */
export async function machinesToReplace(
  client: PaletteClient,
  cluster: ClusterAnswer,
  { configUid, replacing }: Pick<ClusterOutputs, "configUid" | "replacing">,
  resumed: boolean,
): Promise<string[]> {
  const state = cluster.status?.repave?.state;
  if (state !== "Pending" && state !== "Approved") return [];
  if (replacing.length > 0 || configUid === null || (state === "Approved" && !resumed)) return replacing;
  const { spec } = await readCloudConfig(client, configUid);
  const pools = await Promise.all(
    (spec.machinePoolConfig ?? []).map(({ name }) => readMachines(client, configUid, name)),
  );
  const machines = pools.flat().map(({ metadata }) => metadata);
  const until = state === "Approved" ? await approvalTime(client, cluster.metadata.uid) : undefined;
  return machines
    .filter(({ creationTimestamp }) => until === undefined || Date.parse(creationTimestamp ?? "") < until)
    .map(({ uid }) => uid);
}

/** When the repave of a cluster came to its present state, in milliseconds since the epoch; before everything when Palette does not tell. */
async function approvalTime(client: PaletteClient, uid: string): Promise<number> {
  const status = await client.get(`/v1/spectroclusters/${uid}/repave/status`, repaveStatusSchema);
  const time = Date.parse(status.status?.repaveTransitionTime ?? "");
  return Number.isNaN(time) ? -Infinity : time;
}

/** Approves the repave that waits. One that no longer waits, because the answer of the first try was lost, is fine. */
export async function approveRepave(client: PaletteClient, uid: string): Promise<void> {
  try {
    await client.send({ method: "PATCH", path: `/v1/spectroclusters/${uid}/repave/approve` });
  } catch (failure) {
    const cluster = await readCluster(client, uid);
    if (cluster === undefined || awaitsApproval(cluster)) throw failure;
  }
}
