import { type Manifest, managedByLabel } from "./manifest";

/** Where a golden image comes from. Exactly one kind. */
export type ImageSource =
  | { http: { url: string } }
  | { registry: { url: string } }
  | { pvc: { name: string; namespace: string } }
  | { upload: Record<string, never> };

/** A disk image that VM templates clone. */
export interface GoldenImageArgs {
  /** Name of the DataVolume and of the PersistentVolumeClaim that CDI makes for it. */
  name: string;
  namespace: string;
  /** Size as a Kubernetes quantity, e.g. `50Gi`; at least the image's virtual size. */
  size: string;
  source: ImageSource;
  /**
   * What the image was pinned to, e.g. `sha256:…`. CDI 1.62 has no field for it: it is kept as an annotation for people and audits, and
   * another checksum makes another image.
   */
  checksum?: string;
  storageClass: string;
}

/**
 * A DataVolume that imports a golden image (RA, VMO-GoldenImages layer). Access and volume mode are left to the StorageProfile, so that they
 * are said in one place. The import is asked for at once: the storage class binds at first use, and nothing uses a golden image.
 */
export function goldenImage(args: GoldenImageArgs): Manifest {
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: {
      name: args.name,
      namespace: args.namespace,
      labels: { ...managedByLabel },
      annotations: {
        "cdi.kubevirt.io/storage.bind.immediate.requested": "true",
        ...(args.checksum === undefined ? {} : { "vmo-metal/image-checksum": args.checksum }),
      },
    },
    spec: goldenImageSpec(args),
  };
}

/** The immutable part of a golden image: whatever changes here makes another image. */
export function goldenImageSpec(args: GoldenImageArgs): Record<string, unknown> {
  return {
    source: args.source,
    storage: { storageClassName: args.storageClass, resources: { requests: { storage: args.size } } },
  };
}
