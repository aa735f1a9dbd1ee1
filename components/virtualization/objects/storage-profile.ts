import type { Manifest } from "./manifest";

/** Access mode and volume mode that CDI may use together on a storage class. */
export interface ClaimPropertySet {
  accessModes: ("ReadWriteMany" | "ReadWriteOnce" | "ReadOnlyMany")[];
  volumeMode: "Block" | "Filesystem";
}

/** How CDI clones a volume: by the storage system, by a snapshot, or by copying through a pod. */
export type CloneStrategy = "csi-clone" | "snapshot" | "copy";

/** What the StorageProfile of one storage class is to say. */
export interface StorageProfileArgs {
  /** The storage class; CDI looks profiles up by its name, so the profile is named the same. */
  storageClass: string;
  /** Default: ReadWriteMany with Block, without which a VM cannot live-migrate (RA, "Enabling Live Migration"). */
  claimPropertySets?: ClaimPropertySet[];
  /** Default `csi-clone` (RA, VMO-Storage layer). */
  cloneStrategy?: CloneStrategy;
}

/**
 * The `spec` that CDI is to use for a storage class (RA, VMO-Storage layer, manifest storageprofile-cdi). CDI makes and owns the object:
 * only its spec is applied, and it is left in place when we go.
 */
export function storageProfile(args: StorageProfileArgs): Manifest {
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "StorageProfile",
    metadata: { name: args.storageClass },
    spec: {
      claimPropertySets: args.claimPropertySets ?? [{ accessModes: ["ReadWriteMany"], volumeMode: "Block" }],
      cloneStrategy: args.cloneStrategy ?? "csi-clone",
    },
  };
}
