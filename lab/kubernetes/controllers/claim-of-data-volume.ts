import { fieldOf, listOf, mapOf, ownerReference, textMapOf, textOf, type KubernetesObject } from "../objects";
import { mebibyteQuantity, quantityBytes } from "../quantity";
import { hasDriver, POPULATOR_ANNOTATION } from "./volumes";
import type { Snapshot } from "./snapshot";

/** Space that CDI adds to a claim in Filesystem mode, unless its CR says otherwise. */
const FILESYSTEM_OVERHEAD = 0.06;

/** The claim that a DataVolume stands for, or why there can be none yet. */
export type ClaimDecision =
  | { claim: KubernetesObject; storageClass: KubernetesObject }
  /** CDI's words for the Bound condition. */
  | { refused: { reason: string; message: string } };

/**
 * Renders the claim of a DataVolume as CDI does: class from the spec, else the default class for virtual machines, else
 * the default class; modes from the spec, else from the StorageProfile; size with the file system's overhead.
 */
export function claimOfDataVolume(snapshot: Snapshot, dataVolume: KubernetesObject): ClaimDecision {
  const isStorage = fieldOf(dataVolume, "spec", "storage") !== undefined;
  const wish = mapOf(dataVolume, "spec", isStorage ? "storage" : "pvc");
  const className = textOf(wish, "storageClassName") ?? defaultClass(snapshot);
  if (className === undefined) {
    return refuse("DataVolume.storage spec is missing accessMode and no storageClass to choose profile");
  }
  const storageClass = snapshot.find("StorageClass", className);
  if (storageClass === undefined) return refuse(`StorageClass.storage.k8s.io "${className}" not found`);
  const modes = isStorage ? modesFromProfile(snapshot, wish, className) : modesOf(wish);
  if (modes === undefined) {
    return refuse(
      `no accessMode specified in StorageProfile ${className} and none on the DataVolume: set claimPropertySets there`,
    );
  }
  const size = claimSize(snapshot, dataVolume, wish, isStorage && modes.volumeMode === "Filesystem");
  if (size === undefined) return refuse("the claim has no size: set resources.requests.storage");
  return {
    storageClass,
    claim: {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: {
        name: dataVolume.metadata.name,
        namespace: dataVolume.metadata.namespace ?? "default",
        labels: {
          app: "containerized-data-importer",
          "app.kubernetes.io/component": "storage",
          "app.kubernetes.io/managed-by": "cdi-controller",
          ...dataVolume.metadata.labels,
        },
        annotations: {
          ...dataVolume.metadata.annotations,
          "cdi.kubevirt.io/storage.contentType": textOf(dataVolume, "spec", "contentType") ?? "kubevirt",
          "cdi.kubevirt.io/storage.pod.restarts": "0",
          "cdi.kubevirt.io/createdForDataVolume": dataVolume.metadata.uid ?? "",
          [POPULATOR_ANNOTATION]: String(hasDriver(snapshot, storageClass)),
        },
        ownerReferences: [ownerReference(dataVolume)],
      },
      spec: {
        accessModes: modes.accessModes,
        volumeMode: modes.volumeMode,
        storageClassName: className,
        resources: { requests: { storage: size } },
      },
    },
  };
}

function refuse(message: string): ClaimDecision {
  return { refused: { reason: "ErrClaimNotValid", message } };
}

/** The class marked as default for virtual machines, else the cluster's default. */
function defaultClass(snapshot: Snapshot): string | undefined {
  const marked = (annotation: string) =>
    snapshot.all("StorageClass").find((one) => textMapOf(one, "metadata", "annotations")[annotation] === "true")
      ?.metadata.name;
  return (
    marked("storageclass.kubevirt.io/is-default-virt-class") ?? marked("storageclass.kubernetes.io/is-default-class")
  );
}

interface Modes {
  accessModes: string[];
  volumeMode: string;
}

function modesOf(wish: Record<string, unknown>): Modes {
  return { accessModes: texts(wish["accessModes"]), volumeMode: textOf(wish, "volumeMode") ?? "Filesystem" };
}

/** What the wish leaves open comes from the first property set of the profile that fits the rest. */
function modesFromProfile(snapshot: Snapshot, wish: Record<string, unknown>, className: string): Modes | undefined {
  const accessModes = texts(wish["accessModes"]);
  const volumeMode = textOf(wish, "volumeMode");
  if (accessModes.length > 0 && volumeMode !== undefined) return { accessModes, volumeMode };
  const set = listOf(snapshot.find("StorageProfile", className), "status", "claimPropertySets")
    .map((one) => ({ accessModes: texts(fieldOf(one, "accessModes")), volumeMode: textOf(one, "volumeMode") ?? "" }))
    .find(
      (one) =>
        (volumeMode === undefined || one.volumeMode === volumeMode) &&
        accessModes.every((mode) => one.accessModes.includes(mode)),
    );
  if (set === undefined) return accessModes.length > 0 ? { accessModes, volumeMode: "Filesystem" } : undefined;
  return { accessModes: accessModes.length > 0 ? accessModes : set.accessModes, volumeMode: set.volumeMode };
}

/** The asked size (that of the source for a clone without one), with overhead where a file system lies on the volume. */
function claimSize(
  snapshot: Snapshot,
  dataVolume: KubernetesObject,
  wish: Record<string, unknown>,
  withOverhead: boolean,
): string | undefined {
  const asked = textOf(wish, "resources", "requests", "storage");
  if (asked !== undefined) {
    const bytes = quantityBytes(asked);
    return withOverhead && bytes !== undefined ? mebibyteQuantity(bytes / (1 - overhead(snapshot))) : asked;
  }
  const source = cloneSource(snapshot, dataVolume);
  return textOf(source, "spec", "resources", "requests", "storage");
}

function overhead(snapshot: Snapshot): number {
  const set = textOf(snapshot.all("CDI")[0], "spec", "config", "filesystemOverhead", "global");
  return set === undefined ? FILESYSTEM_OVERHEAD : Number(set);
}

/** The source of a DataVolume, with a reference to a DataSource followed. */
export function sourceOf(snapshot: Snapshot, dataVolume: KubernetesObject): Record<string, unknown> {
  const reference = mapOf(dataVolume, "spec", "sourceRef");
  const name = textOf(reference, "name");
  if (name === undefined) return mapOf(dataVolume, "spec", "source");
  const namespace = textOf(reference, "namespace") ?? dataVolume.metadata.namespace;
  return mapOf(snapshot.find("DataSource", name, namespace), "spec", "source");
}

/** The claim that a DataVolume clones; undefined when it is no clone or the claim does not exist. */
export function cloneSource(snapshot: Snapshot, dataVolume: KubernetesObject): KubernetesObject | undefined {
  const source = mapOf(sourceOf(snapshot, dataVolume), "pvc");
  const namespace = textOf(source, "namespace") ?? dataVolume.metadata.namespace;
  return snapshot.find("PersistentVolumeClaim", textOf(source, "name") ?? "", namespace);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
