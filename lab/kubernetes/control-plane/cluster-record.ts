import type { KubernetesNode } from "../platform";

/** What is kept of a lab cluster beside its etcd data; the file `cluster.json` of its folder. */
export interface ClusterRecord {
  /** Palette's uid of the cluster; also the folder's name. */
  uid: string;
  name: string;
  /** Pod network; each Node gets a /24 of it. */
  podCidr: string;
  serviceCidr: string;
  /** Port of the API server on loopback; the same for the cluster's life, because kubeconfigs hold it. */
  port: number;
  /** The Nodes that Palette wants. */
  nodes: KubernetesNode[];
  /** Pods per node as the kubelet configuration of the profile says; default 110 as kubelet's. */
  maximumPods: number;
  /** Kubernetes version that the nodes report, e.g. `1.32.4`. */
  kubernetesVersion: string;
  /** Packs installed so far, in order, as `name version`. */
  packs: string[];
  /** Set before the control plane is stopped and the folder removed, so that a killed deletion is finished later. */
  deleting: boolean;
}
