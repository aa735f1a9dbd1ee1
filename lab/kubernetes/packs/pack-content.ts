import type { KubernetesObject } from "../objects";

/** upstream CRDs by the part that brings them, and our own. */
export type CrdSet =
  "multus" | "kubevirt" | "cdi" | "snapshot" | "cert-manager" | "metallb" | "vmtemplates" | "storageclusters";

/** A part of what a pack brings: its CRDs are served before its objects are applied. */
export interface PackStage {
  crds: CrdSet[];
  objects: KubernetesObject[];
}

/** A Namespace object. */
export function namespaceObject(name: string, labels: Record<string, string> = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}
