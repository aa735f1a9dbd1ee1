import { fieldOf, listOf, mapOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import { namespaceObject, type PackStage } from "./pack-content";
import { chartValues } from "./pack-values";

/** The driver that each storage pack of the reference architecture's table brings; Dell's follows the array. */
const DRIVERS: Record<string, string> = {
  "csi-portworx-generic": "pxd.portworx.com",
  "piraeus-operator": "linstor.csi.linbit.com",
  "csi-rook-ceph-helm": "rook-ceph.rbd.csi.ceph.com",
  "csi-longhorn": "driver.longhorn.io",
  "csi-trident": "csi.trident.netapp.io",
  "csi-hitachi-hspc": "hspc.csi.hitachi.com",
};

/**
 * A storage pack: StorageClasses from any `storageClasses` list or `storageClass` (or `storageclass`) map of its values (Portworx: also its
 * StorageCluster), and a CSIDriver object for each provisioner in them or in the pack's manifests.
 */
export function storagePack(name: string, values: Record<string, unknown>, manifests: KubernetesObject[]): PackStage {
  const driver = DRIVERS[name];
  const classes = storageClassEntries(mapOf(values, "charts")).flatMap((entry) => storageClass(entry, driver));
  const provisioners = new Set([
    ...(driver === undefined ? [] : [driver]),
    ...[...classes, ...manifests.filter((one) => one.kind === "StorageClass")].flatMap(
      (one) => textOf(one, "provisioner") ?? [],
    ),
  ]);
  const cluster = name === "csi-portworx-generic" ? storageCluster(values) : [];
  return {
    crds: cluster.length > 0 ? ["storageclusters"] : [],
    objects: [...cluster, ...[...provisioners].map(csiDriver), ...classes],
  };
}

/** Portworx's own object, with its namespace. */
function storageCluster(values: Record<string, unknown>): KubernetesObject[] {
  const wanted = mapOf(chartValues(values, "portworx-generic"), "storageCluster");
  const namespace = textOf(wanted, "namespace") ?? "portworx";
  return [
    namespaceObject(namespace),
    {
      apiVersion: "core.libopenstorage.org/v1",
      kind: "StorageCluster",
      metadata: {
        name: textOf(wanted, "name") ?? "px-cluster",
        namespace,
        annotations: textMapOf(wanted, "annotations"),
      },
      spec: mapOf(wanted, "spec"),
    },
  ];
}

/** Everything that describes a StorageClass in a pack's values, wherever the chart keeps it. */
function storageClassEntries(values: unknown): unknown[] {
  if (Array.isArray(values)) return values.flatMap(storageClassEntries);
  return Object.entries(mapOf(values)).flatMap(([key, value]) => {
    if (key === "storageClasses") return listOf(value);
    if (key === "storageClass" && Array.isArray(value)) return value as unknown[];
    if (key.toLowerCase() === "storageclass" && textOf(value, "name") !== undefined) return [value];
    return storageClassEntries(value);
  });
}

function storageClass(entry: unknown, driver: string | undefined): KubernetesObject[] {
  const name = textOf(entry, "name");
  const provisioner = textOf(entry, "provisioner") ?? driver;
  if (name === undefined || provisioner === undefined || fieldOf(entry, "enabled") === false) return [];
  const isDefault = fieldOf(entry, "isDefaultStorageClass") ?? fieldOf(entry, "isDefault");
  return [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {
        name,
        labels: textMapOf(entry, "labels"),
        annotations: {
          "storageclass.kubernetes.io/is-default-class": String(isDefault === true || isDefault === "true"),
          ...textMapOf(entry, "annotations"),
        },
      },
      provisioner,
      parameters: textMapOf(entry, "parameters"),
      reclaimPolicy: textOf(entry, "reclaimPolicy") ?? "Delete",
      volumeBindingMode: textOf(entry, "volumeBindingMode") ?? "WaitForFirstConsumer",
      allowVolumeExpansion: (fieldOf(entry, "allowVolumeExpansion") ?? true) === true,
    },
  ];
}

function csiDriver(provisioner: string): KubernetesObject {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "CSIDriver",
    metadata: { name: provisioner },
    spec: { attachRequired: false, podInfoOnMount: true },
  };
}
