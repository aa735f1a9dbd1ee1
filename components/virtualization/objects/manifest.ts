/** A Kubernetes object as plain data, before anything of Pulumi is around it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** The label that every object of ours carries, so that an operator can list them: `kubectl get -l app.kubernetes.io/managed-by=vmo-metal`. */
export const managedByLabel: Readonly<Record<string, string>> = { "app.kubernetes.io/managed-by": "vmo-metal" };

/**
 * The label of namespaces for virtual machines. They have no {@link managedByLabel}: the VM Orchestrator's chart creates most of them, and Helm
 * keeps its own name there.
 */
export const namespaceLabel: Readonly<Record<string, string>> = { "vmo-metal/virtual-machines": "true" };

/** The annotation that lets the Descheduler live-migrate a VM although its pod is a bare one with storage (RA, VMO layer). */
export const deschedulerAnnotation: Readonly<Record<string, string>> = {
  "descheduler.alpha.kubernetes.io/evict": "true",
};

/** The label of all virtual machines that were made from one template; its value is the template's name. */
export const templateLabel = "vmo-metal/template";

/** The label that names the datacenter whose stack made an object: several stacks may share a cluster. */
export const ownerLabel = "vmo-metal/datacenter";

/** A manifest that names the datacenter it belongs to. */
export function ownedBy(manifest: Manifest, owner: string): Manifest {
  const labels = { ...manifest.metadata.labels, [ownerLabel]: owner };
  return { ...manifest, metadata: { ...manifest.metadata, labels } };
}
