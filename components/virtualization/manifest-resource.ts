import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "./objects/manifest";

/** A manifest whose name and contents may only be known later. */
export interface ManifestInputs {
  apiVersion: string;
  kind: string;
  metadata: Omit<Manifest["metadata"], "name"> & { name: pulumi.Input<string> };
  [field: string]: unknown;
}

/** A Kubernetes object as a resource. Server-side apply is used throughout, so that controllers keep the fields that are theirs. */
export function manifestResource(
  name: string,
  manifest: ManifestInputs,
  options: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(name, { ...manifest, metadata: ours(manifest.metadata) }, options);
}

/**
 * Metadata of an object whose fields are ours also where another manager wrote them before us: after a switch of the delivery, Palette is still
 * named as their manager, and the API server would refuse our changes as conflicts.
 */
export function ours<Metadata extends object>(
  metadata: Metadata & { annotations?: Record<string, string> },
): Metadata & { annotations: Record<string, string> } {
  return { ...metadata, annotations: { ...metadata.annotations, "pulumi.com/patchForce": "true" } };
}

/** A copy of a manifest with a condition that the provider waits for after writing it (`pulumi.com/waitFor`). */
export function waitingFor(manifest: Manifest, condition: string, timeoutSeconds: number): Manifest {
  const annotations = {
    ...manifest.metadata.annotations,
    "pulumi.com/waitFor": condition,
    "pulumi.com/timeoutSeconds": String(timeoutSeconds),
  };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
