import { listOf, textOf, type KubernetesObject } from "../objects";
import { withTransitionTimes, type Condition } from "./status-patch";

/** How far a DataVolume is. */
export interface Progress {
  /** CDI's phase word. */
  phase: string;
  /** Percentage or `N/A`; kept as it is when absent. */
  progress?: string;
  /** Whether the pod that moves the data runs. Default no. */
  running?: "yes" | "completed" | { error: string };
  /** Why there is no claim. */
  bound?: { reason: string; message: string };
  /** How often the pod was started again. */
  restarts?: number;
}

/** The status of a DataVolume with CDI's three conditions: Bound, Ready, Running. */
export function dataVolumeStatus(
  dataVolume: KubernetesObject,
  claim: KubernetesObject | undefined,
  progress: Progress,
  now: Date,
): Record<string, unknown> {
  const conditions = [
    boundCondition(dataVolume.metadata.name, claim, progress),
    readyCondition(progress),
    runningCondition(progress),
  ];
  const present = listOf(dataVolume, "status", "conditions");
  return {
    phase: progress.phase,
    progress: progress.progress ?? textOf(dataVolume, "status", "progress"),
    restartCount: progress.restarts,
    claimName: claim?.metadata.name,
    // CDI's heartbeat moves with every change; here it would make every look a change.
    conditions: withTransitionTimes(conditions, present, now).map((condition) => ({
      ...condition,
      lastHeartbeatTime: condition.lastTransitionTime,
    })),
  };
}

function boundCondition(name: string, claim: KubernetesObject | undefined, progress: Progress): Condition {
  if (progress.bound !== undefined) return { type: "Bound", status: "False", ...progress.bound };
  if (claim === undefined) {
    return { type: "Bound", status: "Unknown", reason: "NotFound", message: "No PVC found" };
  }
  const isBound = textOf(claim, "status", "phase") === "Bound";
  const word = isBound ? "Bound" : "Pending";
  return { type: "Bound", status: isBound ? "True" : "False", reason: word, message: `PVC ${name} ${word}` };
}

function readyCondition(progress: Progress): Condition {
  if (progress.phase === "Succeeded") return { type: "Ready", status: "True" };
  const reason = progress.bound?.reason ?? (progress.running === "yes" ? "TransferRunning" : undefined);
  const message = progress.bound?.message;
  return {
    type: "Ready",
    status: "False",
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}

function runningCondition({ running }: Progress): Condition {
  if (running === "yes") return { type: "Running", status: "True", reason: "Pod is running" };
  if (running === "completed") {
    return { type: "Running", status: "False", reason: "Completed", message: "Import Complete" };
  }
  if (running !== undefined) return { type: "Running", status: "False", reason: "Error", message: running.error };
  return { type: "Running", status: "False" };
}
