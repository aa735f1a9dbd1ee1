import { repaveReasons } from "../clusters/repave";
import { nodeLayersOf, resolvedLayers } from "../clusters/resolve";
import type { RepaveReason } from "../model/cluster";
import type { Round } from "./round";
import { kubernetesDigest } from "./template-digest";
import { LIFE_SECONDS } from "./timing";

/**
 * Takes changed profiles over: downloads them, applies them now or when told to, and asks for approval when nodes have to be
 * replaced. Answers whether layers may be installed: not while an approval is awaited.
 */
export function stepProfiles(round: Round): boolean {
  const { cluster, palette } = round;
  const { spcApply } = cluster;
  if (
    !spcApply.canBeApplied &&
    spcApply.actionType === "DownloadAndInstall" &&
    palette.clock.passed(spcApply.changedAt, LIFE_SECONDS.download)
  ) {
    spcApply.canBeApplied = true;
    spcApply.appliedAt = round.now;
    cluster.appliedProfiles = structuredClone(cluster.profiles);
    round.event("ProfilesDownloaded", "Changed cluster profiles were downloaded and are applied");
    palette.store.save();
  }
  const target = nodeLayersOf(resolvedLayers(palette, cluster, cluster.appliedProfiles));
  const reasons = repaveReasons(cluster.nodeLayers, target);
  if (reasons.length === 0 || cluster.machines.length === 0) {
    cluster.nodeLayers = target;
    if (cluster.repave?.state === "Pending") turn(round, "Reverted", "What needed the repave was taken back");
    return true;
  }
  const repave = cluster.repave;
  if (repave?.state === "Approved" && !repave.begun) {
    for (const pool of cluster.pools)
      pool.pinnedKubernetes =
        pool.spec.skipK8sUpgrade === "enabled" ? (pool.pinnedKubernetes ?? kubernetesDigest(cluster)) : undefined;
    cluster.nodeLayers = target;
    repave.begun = true;
    round.event("RepaveStarted", "Nodes are being replaced");
    palette.store.save();
    return true;
  }
  if (repave?.state !== "Pending" || summary(repave.reasons) !== summary(reasons)) {
    cluster.repave = {
      state: "Pending",
      reasons,
      message: "Waits for approval",
      transitionedAt: round.now,
      begun: false,
    };
    round.event("RepavePending", reasons.map((reason) => reason.message).join("; "), true);
    palette.store.save();
  }
  return false;
}

function turn(round: Round, state: "Reverted", message: string): void {
  if (!round.cluster.repave) return;
  round.cluster.repave = { ...round.cluster.repave, state, message, transitionedAt: round.now };
  round.palette.store.save();
}

function summary(reasons: readonly RepaveReason[]): string {
  return reasons.map((reason) => reason.message).join("\n");
}
