import type { ObjectsApi } from "./api/objects-api";
import { listOf, textOf, type KubernetesObject } from "./objects";

/** The kinds that a summary lists. */
const KINDS: Record<string, string> = {
  Namespace: "v1",
  Node: "v1",
  StorageClass: "storage.k8s.io/v1",
  StorageCluster: "core.libopenstorage.org/v1",
  VolumeSnapshotClass: "snapshot.storage.k8s.io/v1",
  IPAddressPool: "metallb.io/v1beta1",
  Issuer: "cert-manager.io/v1",
  KubeVirt: "kubevirt.io/v1",
  CDI: "cdi.kubevirt.io/v1beta1",
  StorageProfile: "cdi.kubevirt.io/v1beta1",
  DataVolume: "cdi.kubevirt.io/v1beta1",
  PersistentVolumeClaim: "v1",
  NetworkAttachmentDefinition: "k8s.cni.cncf.io/v1",
  VirtualMachineClusterPreference: "instancetype.kubevirt.io/v1beta1",
  VmTemplate: "spectrocloud.com/v1",
  VirtualMachine: "kubevirt.io/v1",
};

/** An object in a summary. */
export interface ObjectSummary {
  /** `namespace/name`, or the name alone. */
  name: string;
  /** Phase, or `Ready`/`NotReady`; absent for what has no state. */
  state?: string;
}

/** The objects of a cluster by kind; kinds that are not served are absent. */
export async function summariseObjects(objects: ObjectsApi): Promise<Record<string, ObjectSummary[]>> {
  const lists = await Promise.all(
    Object.entries(KINDS).map(async ([kind, apiVersion]): Promise<[string, ObjectSummary[]][]> => {
      if (!(await objects.serves(apiVersion, kind))) return [];
      const { items } = await objects.list(apiVersion, kind);
      return [[kind, items.map(summariseObject).sort((one, other) => one.name.localeCompare(other.name))]];
    }),
  );
  return Object.fromEntries(lists.flat());
}

function summariseObject(object: KubernetesObject): ObjectSummary {
  const { namespace, name } = object.metadata;
  const state = stateOf(object);
  return {
    name: namespace === undefined ? name : `${namespace}/${name}`,
    ...(state === undefined ? {} : { state }),
  };
}

function stateOf(object: KubernetesObject): string | undefined {
  const phase = textOf(object, "status", "phase");
  const progress = textOf(object, "status", "progress");
  if (phase !== undefined) return progress === undefined || phase === "Succeeded" ? phase : `${phase} ${progress}`;
  const ready = listOf(object, "status", "conditions").find((one) => textOf(one, "type") === "Ready");
  if (ready === undefined) return undefined;
  return textOf(ready, "status") === "True" ? "Ready" : "NotReady";
}
