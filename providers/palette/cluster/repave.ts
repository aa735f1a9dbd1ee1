import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, readCluster } from "../client/clusters";

/** Whether a repave waits for approval: every node is replaced, one after the other, once it is given. */
export function awaitsApproval(cluster: ClusterAnswer): boolean {
  return cluster.status?.repave?.state === "Pending";
}

/** Why a repave waits and what to do about it, for people. */
export async function describeRepave(client: PaletteClient, uid: string, name: string): Promise<string> {
  const status = await client.get<{ spec?: { reasons?: { message?: string | null }[] | null } | null } | null>(
    `/v1/spectroclusters/${uid}/repave/status`,
  );
  const reasons = (status?.spec?.reasons ?? []).map(({ message }) => message ?? "").filter((message) => message !== "");
  return (
    `Cluster "${name}" waits for approval of a repave (every node is replaced, one after the other): ` +
    `${reasons.join("; ") || "Palette gives no reason"}. Nothing moves until then. Set cluster.approveRepave: true to approve it, ` +
    "or take the change back."
  );
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
