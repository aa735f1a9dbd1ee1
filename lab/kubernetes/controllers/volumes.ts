import { fieldOf, listOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import { exactly, joinPlans, type Plan, type Step } from "./plan";
import type { Snapshot } from "./snapshot";

const MANAGER = "kube-controller-manager";
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

/** On a claim that CDI fills: it stays Pending until the data is there. */
export const POPULATOR_ANNOTATION = "cdi.kubevirt.io/storage.usePopulator";
/** On a claim that CDI fills: the phase of the pod that fills it. */
export const POD_PHASE_ANNOTATION = "cdi.kubevirt.io/storage.pod.phase";

/**
 * Persistent volumes as the storage driver and Kubernetes make them: a claim gets its volume at once, or with
 * WaitForFirstConsumer when a pod wants it, or after CDI filled it; a volume goes with its claim; a larger claim grows.
 */
export function planVolumes(snapshot: Snapshot): Plan {
  const claims = snapshot.all("PersistentVolumeClaim");
  return joinPlans([
    ...claims.map((claim) => ({ steps: claimSteps(snapshot, claim) })),
    { steps: snapshot.all("PersistentVolume").flatMap((volume) => releaseSteps(claims, volume)) },
  ]);
}

/** Whether volumes of a class are made only when something wants them, and nothing wants this claim yet. */
export function waitsForConsumer(
  snapshot: Snapshot,
  storageClass: KubernetesObject,
  claim: { name: string; namespace?: string; annotations?: Record<string, string> },
): boolean {
  if (textOf(storageClass, "volumeBindingMode") !== "WaitForFirstConsumer") return false;
  if (claim.annotations?.["volume.kubernetes.io/selected-node"] !== undefined) return false;
  return !snapshot
    .all("Pod")
    .some(
      (pod) =>
        pod.metadata.namespace === claim.namespace &&
        listOf(pod, "spec", "volumes").some(
          (volume) => textOf(volume, "persistentVolumeClaim", "claimName") === claim.name,
        ),
    );
}

/** Whether the driver of a class runs in the cluster. */
export function hasDriver(snapshot: Snapshot, storageClass: KubernetesObject): boolean {
  return snapshot.find("CSIDriver", textOf(storageClass, "provisioner") ?? "") !== undefined;
}

function claimSteps(snapshot: Snapshot, claim: KubernetesObject): Step[] {
  if (claim.metadata.deletionTimestamp !== undefined) return [];
  if (textOf(claim, "status", "phase") === "Bound") return growSteps(snapshot, claim);
  const storageClass = snapshot.find("StorageClass", textOf(claim, "spec", "storageClassName") ?? "");
  if (storageClass === undefined || !hasDriver(snapshot, storageClass)) return [];
  const annotations = textMapOf(claim, "metadata", "annotations");
  const filled = annotations[POD_PHASE_ANNOTATION] === "Succeeded";
  if (
    annotations[POPULATOR_ANNOTATION] === "true" ? !filled : waitsForConsumer(snapshot, storageClass, claim.metadata)
  ) {
    return [];
  }
  return bindSteps(snapshot, claim, storageClass);
}

function bindSteps(snapshot: Snapshot, claim: KubernetesObject, storageClass: KubernetesObject): Step[] {
  const volume = newVolume(claim, storageClass);
  const target = exactly(claim);
  const isMade = snapshot.find("PersistentVolume", volume.metadata.name) !== undefined;
  const bound = {
    annotations: { "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes" },
  };
  const { name } = volume.metadata;
  return [
    ...(isMade ? [] : [{ do: "create", object: volume, manager: "csi-provisioner" } satisfies Step]),
    {
      do: "merge-status",
      target: { apiVersion: "v1", kind: "PersistentVolume", metadata: { name } },
      status: { phase: "Bound" },
      manager: MANAGER,
    },
    { do: "merge", target, patch: { metadata: bound, spec: { volumeName: name } }, manager: MANAGER },
    {
      do: "merge-status",
      target,
      status: {
        phase: "Bound",
        accessModes: listOf(claim, "spec", "accessModes"),
        capacity: { storage: requestedSize(claim) },
      },
      manager: MANAGER,
    },
  ];
}

function newVolume(claim: KubernetesObject, storageClass: KubernetesObject): KubernetesObject {
  const { name, namespace, uid } = claim.metadata;
  const provisioner = textOf(storageClass, "provisioner") ?? "";
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `pvc-${uid}`, annotations: { [PROVISIONED_BY]: provisioner } },
    spec: {
      accessModes: listOf(claim, "spec", "accessModes"),
      volumeMode: textOf(claim, "spec", "volumeMode") ?? "Filesystem",
      capacity: { storage: requestedSize(claim) },
      storageClassName: storageClass.metadata.name,
      persistentVolumeReclaimPolicy: textOf(storageClass, "reclaimPolicy") ?? "Delete",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
      csi: { driver: provisioner, volumeHandle: uid },
    },
  };
}

function growSteps(snapshot: Snapshot, claim: KubernetesObject): Step[] {
  const size = requestedSize(claim);
  if (textOf(claim, "status", "capacity", "storage") === size) return [];
  const capacity = { capacity: { storage: size } };
  const volume = snapshot.find("PersistentVolume", textOf(claim, "spec", "volumeName") ?? "");
  return [
    ...(volume === undefined
      ? []
      : [{ do: "merge", target: exactly(volume), patch: { spec: capacity }, manager: "csi-resizer" } satisfies Step]),
    { do: "merge-status", target: exactly(claim), status: capacity, manager: "csi-resizer" },
  ];
}

/** A volume whose claim is gone goes too, if its class says Delete and a driver of the lab made it. */
function releaseSteps(claims: KubernetesObject[], volume: KubernetesObject): Step[] {
  const claimUid = textOf(volume, "spec", "claimRef", "uid");
  const isOurs = fieldOf(volume, "metadata", "annotations", PROVISIONED_BY) !== undefined;
  if (claimUid === undefined || !isOurs || claims.some((claim) => claim.metadata.uid === claimUid)) return [];
  if (textOf(volume, "spec", "persistentVolumeReclaimPolicy") !== "Delete") {
    if (textOf(volume, "status", "phase") === "Released") return [];
    return [{ do: "merge-status", target: exactly(volume), status: { phase: "Released" }, manager: MANAGER }];
  }
  return [{ do: "delete", target: exactly(volume) }];
}

function requestedSize(claim: KubernetesObject): string {
  return textOf(claim, "spec", "resources", "requests", "storage") ?? "1Gi";
}
