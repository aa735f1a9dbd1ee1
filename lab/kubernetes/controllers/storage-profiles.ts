import { fieldOf, listOf, textOf, type KubernetesObject } from "../objects";
import { storageCapabilities } from "../storage-capabilities";
import { exactly, IDLE, type Plan, type Step } from "./plan";
import type { Snapshot } from "./snapshot";
import { statusPatch } from "./status-patch";

const MANAGER = "virt-cdi-controller";

/**
 * CDI's StorageProfiles: one per StorageClass, made when it is missing (also after a deletion), gone with the class;
 * its status shows the property sets of its spec or else those of CDI's own table.
 */
export function planStorageProfiles(snapshot: Snapshot): Plan {
  if (!snapshot.serves("StorageProfile")) return IDLE;
  const classes = snapshot.all("StorageClass");
  const steps = classes.flatMap((storageClass): Step[] => {
    const profile = snapshot.find("StorageProfile", storageClass.metadata.name);
    if (profile === undefined) return [{ do: "create", object: emptyProfile(storageClass), manager: MANAGER }];
    const status = statusPatch(profile, profileStatus(snapshot, profile, storageClass));
    return status === undefined ? [] : [{ do: "merge-status", target: exactly(profile), status, manager: MANAGER }];
  });
  const orphans = snapshot
    .all("StorageProfile")
    .filter((profile) => !classes.some((storageClass) => storageClass.metadata.name === profile.metadata.name));
  return { steps: [...steps, ...orphans.map((profile): Step => ({ do: "delete", target: exactly(profile) }))] };
}

function emptyProfile(storageClass: KubernetesObject): KubernetesObject {
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "StorageProfile",
    metadata: {
      name: storageClass.metadata.name,
      labels: {
        app: "containerized-data-importer",
        "app.kubernetes.io/component": "storage",
        "app.kubernetes.io/managed-by": "cdi-controller",
        "cdi.kubevirt.io": "",
      },
    },
    spec: {},
  };
}

function profileStatus(
  snapshot: Snapshot,
  profile: KubernetesObject,
  storageClass: KubernetesObject,
): Record<string, unknown> {
  const provisioner = textOf(storageClass, "provisioner") ?? "";
  const known = storageCapabilities(storageClass);
  const own = listOf(profile, "spec", "claimPropertySets");
  const sets = own.length > 0 ? own : known.claimPropertySets;
  const snapshotClass =
    textOf(profile, "spec", "snapshotClass") ??
    snapshot.all("VolumeSnapshotClass").find((one) => textOf(one, "driver") === provisioner)?.metadata.name;
  return {
    storageClass: storageClass.metadata.name,
    provisioner,
    claimPropertySets: sets.length > 0 ? sets : undefined,
    cloneStrategy:
      textOf(profile, "spec", "cloneStrategy") ??
      known.cloneStrategy ??
      (snapshotClass === undefined ? "copy" : "snapshot"),
    dataImportCronSourceFormat: fieldOf(profile, "spec", "dataImportCronSourceFormat") ?? "pvc",
    snapshotClass,
  };
}
