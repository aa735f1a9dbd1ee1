/** Any Kubernetes object: what every one of them has; the rest is read with the functions below. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
  [field: string]: unknown;
}

/** The part of `metadata` that the lab reads or writes. */
export interface ObjectMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
}

/** Whose object it is: the garbage collector deletes it after its owner. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** The value at a path of field names; undefined where the path ends early. */
export function fieldOf(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== "object" || current === null || Array.isArray(current)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** The text at a path; undefined for anything else. */
export function textOf(value: unknown, ...path: string[]): string | undefined {
  const found = fieldOf(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The list at a path; empty for anything else. */
export function listOf(value: unknown, ...path: string[]): unknown[] {
  const found = fieldOf(value, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

/** The map at a path; empty for anything else. */
export function mapOf(value: unknown, ...path: string[]): Record<string, unknown> {
  const found = fieldOf(value, ...path);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {};
}

/** The map at a path with its values as text (annotations, labels, StorageClass parameters): numbers and booleans are quoted. */
export function textMapOf(value: unknown, ...path: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapOf(value, ...path)).flatMap(([key, found]): [string, string][] => {
      if (typeof found === "string") return [[key, found]];
      return typeof found === "number" || typeof found === "boolean" ? [[key, String(found)]] : [];
    }),
  );
}

/** Whether a value read from YAML or JSON is a Kubernetes object. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return (
    textOf(value, "apiVersion") !== undefined &&
    textOf(value, "kind") !== undefined &&
    textOf(value, "metadata", "name") !== undefined
  );
}

/** `Kind namespace/name`, as messages name an object. */
export function describeObject(object: KubernetesObject): string {
  const { namespace, name } = object.metadata;
  return `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** An owner reference to an object that the server answered. */
export function ownerReference(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
}
