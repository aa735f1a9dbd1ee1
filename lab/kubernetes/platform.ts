/** A Node of a lab cluster: one per deployed machine. */
export interface KubernetesNode {
  /** Node name: the machine's hostname. */
  name: string;
  /** Whether it carries the control-plane role label (and not the worker one). */
  controlPlane: boolean;
  /** Availability zone; becomes the label `topology.kubernetes.io/zone`. */
  zone: string;
  /** Address that the node reports as InternalIP (management network). */
  internalIp: string;
  /** Cores; capacity and allocatable `cpu`. */
  cpuCount: number;
  /** Memory in MiB; capacity and allocatable `memory`. */
  memoryMebibytes: number;
  /** More labels, such as those of the machine pool. */
  labels: Record<string, string>;
  /** Taints of the machine pool. */
  taints: { key: string; value?: string; effect: string }[];
}

/** One layer of a cluster profile, as it reaches the cluster: macros resolved, values whole. */
export interface InstalledPack {
  /** Pack name in the registry, e.g. `lb-metallb-helm`; for a manifest layer its own name. */
  name: string;
  layer: "os" | "k8s" | "cni" | "csi" | "addon";
  /** Pack version (tag). */
  version: string;
  /** The pack's values, YAML text. */
  values: string;
  /** Manifests of the layer, in order; each `content` may hold several YAML documents. */
  manifests: { name: string; content: string }[];
}

/** What the Palette simulator needs of Kubernetes. Calls for one cluster may overlap: an implementation serialises them. */
export interface KubernetesPlatform {
  /** Starts (or finds running) the control plane of a cluster and answers an admin kubeconfig (YAML text). Idempotent. */
  create(cluster: { uid: string; name: string; podCidr: string; serviceCidr: string }): Promise<{ kubeconfig: string }>;
  /** Makes the Node objects equal to this list (a Node per deployed machine). */
  setNodes(uid: string, nodes: KubernetesNode[]): Promise<void>;
  /** What a pack installs: CRDs, namespaces, StorageClasses, raw manifests; in the order called. Idempotent. */
  install(uid: string, pack: InstalledPack): Promise<void>;
  /** Stops the control plane and removes its data. Idempotent. */
  delete(uid: string): Promise<void>;
}
