import { fieldOf, listOf, mapOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import { quantityBytes } from "../quantity";
import { claimOfDataVolume, cloneSource, sourceOf } from "./claim-of-data-volume";
import { dataVolumeStatus, type Progress } from "./data-volume-status";
import { exactly, joinPlans, type Plan, type Step } from "./plan";
import type { Snapshot } from "./snapshot";
import { statusPatch } from "./status-patch";
import { POD_PHASE_ANNOTATION, POPULATOR_ANNOTATION, waitsForConsumer } from "./volumes";

const MANAGER = "virt-cdi-controller";
const IMMEDIATE_ANNOTATION = "cdi.kubevirt.io/storage.bind.immediate.requested";
/** When the data began to move; kept on the claim, so that a restarted lab goes on where it was. */
const STARTED_ANNOTATION = "lab.vmo-metal.example/started";
const GIBIBYTE = 1024 ** 3;
/** Seconds of life until the pod that moves the data runs. */
const SCHEDULING = 10;
/** Seconds of life between two looks at the progress. */
const PROGRESS_INTERVAL = 20;

/** CDI's DataVolumes: a claim of the same name each, and the phases from Pending to Succeeded in scaled time. */
export function planDataVolumes(snapshot: Snapshot): Plan {
  return joinPlans(
    snapshot
      .all("DataVolume")
      .filter((one) => one.metadata.deletionTimestamp === undefined && textOf(one, "status", "phase") !== "Succeeded")
      .map((one) => planDataVolume(snapshot, one)),
  );
}

function planDataVolume(snapshot: Snapshot, dataVolume: KubernetesObject): Plan {
  const { name, namespace } = dataVolume.metadata;
  const claim = snapshot.find("PersistentVolumeClaim", name, namespace);
  const show = (progress: Progress): Step[] => {
    const status = statusPatch(dataVolume, dataVolumeStatus(dataVolume, claim, progress, snapshot.now));
    return status === undefined ? [] : [{ do: "merge-status", target: exactly(dataVolume), status, manager: MANAGER }];
  };
  if (claim === undefined) {
    const decision = claimOfDataVolume(snapshot, dataVolume);
    if ("refused" in decision) return { steps: show({ phase: "Pending", bound: decision.refused }) };
    const marked = { metadata: { annotations: { [POPULATOR_ANNOTATION]: "true" } } };
    return {
      steps: [
        { do: "merge", target: exactly(dataVolume), patch: marked, manager: MANAGER },
        { do: "create", object: decision.claim, manager: MANAGER },
        ...show({ phase: "Pending" }),
      ],
    };
  }
  if (!claim.metadata.ownerReferences?.some((owner) => owner.uid === dataVolume.metadata.uid)) {
    const message = `Resource "${name}" already exists and is not managed by DataVolume`;
    return { steps: show({ phase: "Pending", bound: { reason: "ErrResourceExists", message } }) };
  }
  return planFilling(snapshot, dataVolume, claim, show);
}

function planFilling(
  snapshot: Snapshot,
  dataVolume: KubernetesObject,
  claim: KubernetesObject,
  show: (progress: Progress) => Step[],
): Plan {
  const annotations = textMapOf(claim, "metadata", "annotations");
  if (annotations[POD_PHASE_ANNOTATION] === "Succeeded") {
    const isBound = textOf(claim, "status", "phase") === "Bound";
    const phase = isBound ? "Succeeded" : workOf(snapshot, dataVolume, claim).running;
    return { steps: show({ phase, progress: "100.0%", running: isBound ? "completed" : "yes" }) };
  }
  const started = annotations[STARTED_ANNOTATION];
  if (started === undefined) {
    const obstacle = obstacleOf(snapshot, dataVolume, claim);
    if (obstacle !== undefined) return { steps: show(obstacle) };
    const patch = {
      metadata: {
        annotations: { [STARTED_ANNOTATION]: snapshot.now.toISOString(), [POD_PHASE_ANNOTATION]: "Pending" },
      },
    };
    return { steps: [{ do: "merge", target: exactly(claim), patch, manager: MANAGER }] };
  }
  return planMoving(snapshot, dataVolume, claim, snapshot.secondsOfLifeSince(started), show);
}

function planMoving(
  snapshot: Snapshot,
  dataVolume: KubernetesObject,
  claim: KubernetesObject,
  elapsed: number,
  show: (progress: Progress) => Step[],
): Plan {
  const work = workOf(snapshot, dataVolume, claim);
  if (elapsed < SCHEDULING) {
    return { steps: show({ phase: work.scheduled, progress: "N/A" }), lookAgainIn: SCHEDULING - elapsed };
  }
  if (work.seconds === undefined) return { steps: show({ phase: work.running, running: "yes" }) };
  const failure = importFailure(snapshot, dataVolume);
  if (failure !== undefined) {
    const restarts = Math.floor(elapsed / 60);
    return {
      steps: show({ phase: work.running, progress: "N/A", running: { error: failure }, restarts }),
      lookAgainIn: 60,
    };
  }
  const moved = (elapsed - SCHEDULING) / work.seconds;
  if (moved >= 1) {
    const patch = { metadata: { annotations: { [POD_PHASE_ANNOTATION]: "Succeeded" } } };
    return { steps: [{ do: "merge", target: exactly(claim), patch, manager: MANAGER }] };
  }
  return {
    steps: show({ phase: work.running, progress: `${(moved * 100).toFixed(2)}%`, running: "yes" }),
    lookAgainIn: Math.min(PROGRESS_INTERVAL, work.seconds * (1 - moved) + 1),
  };
}

/** What keeps the data from moving: nobody wants the volume yet, or a clone's source is not there. */
function obstacleOf(snapshot: Snapshot, dataVolume: KubernetesObject, claim: KubernetesObject): Progress | undefined {
  const storageClass = snapshot.find("StorageClass", textOf(claim, "spec", "storageClassName") ?? "");
  const annotations = textMapOf(claim, "metadata", "annotations");
  if (
    storageClass !== undefined &&
    annotations[IMMEDIATE_ANNOTATION] === undefined &&
    honoursConsumers(snapshot) &&
    waitsForConsumer(snapshot, storageClass, claim.metadata)
  ) {
    return { phase: annotations[POPULATOR_ANNOTATION] === "true" ? "PendingPopulation" : "WaitForFirstConsumer" };
  }
  if (annotations[POPULATOR_ANNOTATION] !== "true") return { phase: "Pending" };
  const wanted = mapOf(sourceOf(snapshot, dataVolume), "pvc");
  if (textOf(wanted, "name") === undefined) return undefined;
  const source = cloneSource(snapshot, dataVolume);
  if (source === undefined || textOf(source, "status", "phase") !== "Bound") return { phase: "CloneScheduled" };
  const size = (one: KubernetesObject) =>
    quantityBytes(textOf(one, "spec", "resources", "requests", "storage") ?? "") ?? 0;
  if (size(source) <= size(claim)) return undefined;
  const message = "target resources requests storage size is smaller than the source";
  return { phase: "Pending", bound: { reason: "CloneValidationFailed", message } };
}

/** Whether CDI waits for a consumer at all: a feature gate of its CR. */
function honoursConsumers(snapshot: Snapshot): boolean {
  return snapshot
    .all("CDI")
    .some((cdi) => listOf(cdi, "spec", "config", "featureGates").includes("HonorWaitForFirstConsumer"));
}

/** The phases of a DataVolume's kind of work and its seconds of life; without end for an upload, which waits for its user. */
function workOf(
  snapshot: Snapshot,
  dataVolume: KubernetesObject,
  claim: KubernetesObject,
): { scheduled: string; running: string; seconds?: number } {
  const source = sourceOf(snapshot, dataVolume);
  const gibibytes = (quantityBytes(textOf(claim, "spec", "resources", "requests", "storage") ?? "") ?? 0) / GIBIBYTE;
  if ("upload" in source) return { scheduled: "UploadScheduled", running: "UploadReady" };
  if ("snapshot" in source)
    return { scheduled: "CloneScheduled", running: "CloneFromSnapshotSourceInProgress", seconds: 15 };
  if ("pvc" in source) {
    const profile = snapshot.find("StorageProfile", textOf(claim, "spec", "storageClassName") ?? "");
    switch (textOf(profile, "status", "cloneStrategy")) {
      case "csi-clone":
        return { scheduled: "CloneScheduled", running: "CSICloneInProgress", seconds: 10 };
      case "snapshot":
        return { scheduled: "CloneScheduled", running: "SnapshotForSmartCloneInProgress", seconds: 15 };
      default:
        return { scheduled: "CloneScheduled", running: "CloneInProgress", seconds: 30 + 2 * gibibytes };
    }
  }
  return {
    scheduled: "ImportScheduled",
    running: "ImportInProgress",
    seconds: "blank" in source ? 5 : 60 + 2 * gibibytes,
  };
}

/** The importer's message when the lab was told that this image cannot be had. */
function importFailure(snapshot: Snapshot, dataVolume: KubernetesObject): string | undefined {
  const source = sourceOf(snapshot, dataVolume);
  const url = ["http", "registry", "s3", "gcs", "imageio", "vddk"].flatMap((kind) => textOf(source, kind, "url") ?? []);
  const broken = snapshot.cluster.brokenImages.find((part) => url.some((one) => one.includes(part)));
  if (broken === undefined) return undefined;
  return `Unable to connect to ${fieldOf(source, "registry") === undefined ? "http" : "registry"} data source: expected status code 200, got 404. Status: 404 Not Found`;
}
