import type { KubernetesNode } from "../platform";
import type { KubernetesObject } from "../objects";

/** The kinds that the simulated controllers look at, by kind. */
export const WATCHED: Record<string, string> = {
  StorageClass: "storage.k8s.io/v1",
  CSIDriver: "storage.k8s.io/v1",
  PersistentVolumeClaim: "v1",
  PersistentVolume: "v1",
  Node: "v1",
  Pod: "v1",
  Service: "v1",
  ValidatingWebhookConfiguration: "admissionregistration.k8s.io/v1",
  VolumeSnapshotClass: "snapshot.storage.k8s.io/v1",
  StorageCluster: "core.libopenstorage.org/v1",
  IPAddressPool: "metallb.io/v1beta1",
  Issuer: "cert-manager.io/v1",
  ClusterIssuer: "cert-manager.io/v1",
  KubeVirt: "kubevirt.io/v1",
  CDI: "cdi.kubevirt.io/v1beta1",
  StorageProfile: "cdi.kubevirt.io/v1beta1",
  DataSource: "cdi.kubevirt.io/v1beta1",
  DataVolume: "cdi.kubevirt.io/v1beta1",
};

/** What a simulated controller decides on: all objects of the watched kinds, and what the lab knows beside them. */
export class Snapshot {
  constructor(
    private readonly objects: ReadonlyMap<string, KubernetesObject[]>,
    /** Time. */
    readonly now: Date,
    /** Seconds of life per real second. */
    readonly timeScale: number,
    /** What the lab knows of the cluster's machines. */
    readonly cluster: ClusterFacts,
  ) {}

  /** All objects of a watched kind; empty while its CRD is not installed. */
  all(kind: string): KubernetesObject[] {
    return this.objects.get(kind) ?? [];
  }

  /** Whether the server serves the kind: its pack is installed. */
  serves(kind: string): boolean {
    return this.objects.has(kind);
  }

  /** One object by name. */
  find(kind: string, name: string, namespace?: string): KubernetesObject | undefined {
    return this.all(kind).find((one) => one.metadata.name === name && one.metadata.namespace === namespace);
  }

  /** Seconds of life since a moment. */
  secondsOfLifeSince(moment: string): number {
    return ((this.now.getTime() - Date.parse(moment)) / 1000) * this.timeScale;
  }
}

/** What the lab knows of a cluster apart from its objects. */
export interface ClusterFacts {
  nodes: KubernetesNode[];
  podCidr: string;
  maximumPods: number;
  kubernetesVersion: string;
  /** Parts of image URLs that cannot be had. */
  brokenImages: string[];
  /** Kinds of objects that their operator does not get ready. */
  stuckOperators: string[];
  /** Kinds of objects whose operator's webhooks refuse connections. */
  refusedWebhooks: string[];
}
