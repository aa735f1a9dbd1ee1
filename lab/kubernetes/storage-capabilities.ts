import { textMapOf, textOf, type KubernetesObject } from "./objects";

/** Access modes and volume mode that a storage class can give together. */
export interface ClaimPropertySet {
  accessModes: string[];
  volumeMode: "Block" | "Filesystem";
}

/** What CDI knows of a provisioner. */
export interface StorageCapabilities {
  /** First is preferred. Empty: CDI does not know the provisioner. */
  claimPropertySets: ClaimPropertySet[];
  /** How CDI clones on it; absent: its default (a snapshot when there is a class for it, else a copy). */
  cloneStrategy?: "copy" | "snapshot" | "csi-clone";
}

const rwxBlock: ClaimPropertySet = { accessModes: ["ReadWriteMany"], volumeMode: "Block" };
const rwxFile: ClaimPropertySet = { accessModes: ["ReadWriteMany"], volumeMode: "Filesystem" };
const rwoBlock: ClaimPropertySet = { accessModes: ["ReadWriteOnce"], volumeMode: "Block" };
const rwoFile: ClaimPropertySet = { accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem" };
/** Block storage that several nodes may attach. */
const shared = [rwxBlock, rwoBlock, rwoFile];
/** A file share. */
const files = [rwxFile, rwoFile];

/** CDI's table for the storage providers of the reference architecture, by provisioner and, after `/`, a class parameter. */
const TABLE: Record<string, StorageCapabilities> = {
  "pxd.portworx.com": { claimPropertySets: [rwxBlock, rwxFile, rwoBlock, rwoFile], cloneStrategy: "csi-clone" },
  "pxd.portworx.com/pure_block": { claimPropertySets: shared, cloneStrategy: "csi-clone" },
  "linstor.csi.linbit.com": { claimPropertySets: shared },
  "rbd.csi.ceph.com": { claimPropertySets: shared, cloneStrategy: "csi-clone" },
  "driver.longhorn.io": { claimPropertySets: [rwoBlock] },
  "driver.longhorn.io/migratable": { claimPropertySets: [rwxBlock, rwoBlock] },
  "csi.trident.netapp.io/ontap-san": { claimPropertySets: [rwxBlock], cloneStrategy: "snapshot" },
  "csi.trident.netapp.io/ontap-nas": { claimPropertySets: files, cloneStrategy: "snapshot" },
  "csi-vxflexos.dellemc.com": { claimPropertySets: shared, cloneStrategy: "csi-clone" },
  "csi-vxflexos.dellemc.com/nfs": { claimPropertySets: files, cloneStrategy: "csi-clone" },
  "csi-powermax.dellemc.com": { claimPropertySets: shared, cloneStrategy: "csi-clone" },
  "csi-powermax.dellemc.com/nfs": { claimPropertySets: files, cloneStrategy: "csi-clone" },
  "csi-powerstore.dellemc.com": { claimPropertySets: shared, cloneStrategy: "copy" },
  "csi-powerstore.dellemc.com/nfs": { claimPropertySets: files, cloneStrategy: "copy" },
  "hspc.csi.hitachi.com": { claimPropertySets: shared, cloneStrategy: "csi-clone" },
};

/** What CDI 1.62 makes of a StorageClass by its provisioner and parameters; empty sets for one that it does not know. */
export function storageCapabilities(storageClass: KubernetesObject): StorageCapabilities {
  const provisioner = textOf(storageClass, "provisioner") ?? "";
  return TABLE[capabilityKey(provisioner, textMapOf(storageClass, "parameters"))] ?? { claimPropertySets: [] };
}

function capabilityKey(provisioner: string, parameters: Record<string, string>): string {
  // Rook prefixes the driver with the namespace of its operator.
  if (provisioner.endsWith(".rbd.csi.ceph.com")) return "rbd.csi.ceph.com";
  switch (provisioner) {
    case "pxd.portworx.com":
      return parameters["backend"] === "pure_block" ? `${provisioner}/pure_block` : provisioner;
    case "driver.longhorn.io":
      return parameters["migratable"] === "true" ? `${provisioner}/migratable` : provisioner;
    case "csi.trident.netapp.io": {
      const backend = parameters["backendType"] ?? "";
      if (backend.startsWith("ontap-san")) return `${provisioner}/ontap-san`;
      return backend.startsWith("ontap-nas") ? `${provisioner}/ontap-nas` : provisioner;
    }
    case "csi-vxflexos.dellemc.com":
    case "csi-powermax.dellemc.com":
    case "csi-powerstore.dellemc.com":
      return parameters["csi.storage.k8s.io/fstype"] === "nfs" ? `${provisioner}/nfs` : provisioner;
    default:
      return provisioner;
  }
}
