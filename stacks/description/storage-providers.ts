/** Names of the storage providers of the RA's table (Storage configuration, Enabling Live Migration). */
export const STORAGE_PROVIDERS = [
  "portworx-flasharray",
  "portworx-csi",
  "piraeus",
  "rook-ceph",
  "longhorn",
  "netapp-trident",
  "dell-powerflex",
  "dell-powermax",
  "dell-powerstore",
  "hitachi",
] as const;

/** One of {@link STORAGE_PROVIDERS}. */
export type StorageProviderName = (typeof STORAGE_PROVIDERS)[number];

/** What is known of a storage provider. */
export interface StorageProvider {
  /** The RA's name for it. */
  readonly title: string;
  /** The version that the RA names. */
  readonly version: string;
  /** Where the data lies: on the workers' own disks, or on an array or servers beside the cluster. */
  readonly kind: "local disks" | "array";
  /** The CSI provisioner. */
  readonly provisioner: string;
  /** How CDI 1.62 clones volumes of it by itself. */
  readonly cloneStrategy: "csi-clone" | "snapshot" | "copy";
  /** The default name of its StorageClass. */
  readonly storageClass: string;
  /** The infra profile in profiles/ that installs it; null = none yet. */
  readonly infraProfile: string | null;
}

/**
 * The RA's storage table with what the CDI sources add. `kind` decides how the cluster is updated: nodes with local disks are
 * repaved on the same machine (scale-in), the others onto the spare (scale-out).
 */
export const STORAGE_PROVIDER_TABLE: Readonly<Record<StorageProviderName, StorageProvider>> = {
  "portworx-flasharray": {
    title: "Portworx Enterprise on Pure Storage FlashArray",
    version: "3.3.1",
    kind: "array",
    provisioner: "pxd.portworx.com",
    cloneStrategy: "csi-clone",
    storageClass: "spectro-storage-class",
    infraProfile: "VMO-RA-Infra-MaaS-PureFlashArray",
  },
  "portworx-csi": {
    title: "Portworx CSI (FlashArray Direct Access)",
    version: "25.4.0",
    kind: "array",
    provisioner: "pxd.portworx.com",
    cloneStrategy: "csi-clone",
    storageClass: "spectro-storage-class",
    infraProfile: "VMO-RA-Infra-MaaS-PortworxCSI",
  },
  piraeus: {
    title: "Piraeus",
    version: "2.9.0",
    kind: "local disks",
    provisioner: "linstor.csi.linbit.com",
    cloneStrategy: "snapshot",
    storageClass: "linstor-lvm-storage",
    infraProfile: null,
  },
  "rook-ceph": {
    title: "Rook-Ceph",
    version: "1.16.0",
    kind: "local disks",
    provisioner: "rook-ceph.rbd.csi.ceph.com",
    cloneStrategy: "csi-clone",
    storageClass: "ceph-block",
    infraProfile: "VMO-RA-Infra-MaaS-RookCeph",
  },
  longhorn: {
    title: "Longhorn",
    version: "1.8.0",
    kind: "local disks",
    provisioner: "driver.longhorn.io",
    cloneStrategy: "snapshot",
    storageClass: "longhorn",
    infraProfile: null,
  },
  "netapp-trident": {
    title: "NetApp Trident (iSCSI)",
    version: "24.0.0",
    kind: "array",
    provisioner: "csi.trident.netapp.io",
    cloneStrategy: "snapshot",
    storageClass: "trident",
    infraProfile: null,
  },
  "dell-powerflex": {
    title: "Dell CSM Operator - PowerFlex",
    version: "2.0.0",
    kind: "array",
    provisioner: "csi-vxflexos.dellemc.com",
    cloneStrategy: "csi-clone",
    storageClass: "powerflex",
    infraProfile: "VMO-RA-Infra-MaaS-DellPowerFlex",
  },
  "dell-powermax": {
    title: "Dell CSM Operator - PowerMax",
    version: "2.0.0",
    kind: "array",
    provisioner: "csi-powermax.dellemc.com",
    cloneStrategy: "csi-clone",
    storageClass: "powermax",
    infraProfile: null,
  },
  "dell-powerstore": {
    title: "Dell CSM Operator - PowerStore",
    version: "2.0.0",
    kind: "array",
    provisioner: "csi-powerstore.dellemc.com",
    cloneStrategy: "copy",
    storageClass: "powerstore",
    infraProfile: null,
  },
  hitachi: {
    title: "Hitachi Storage Plugin for Containers",
    version: "3.15.0",
    kind: "array",
    provisioner: "hspc.csi.hitachi.com",
    cloneStrategy: "csi-clone",
    storageClass: "hitachi",
    infraProfile: null,
  },
};
