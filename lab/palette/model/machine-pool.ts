/** How nodes of a pool are replaced. */
export interface UpdateStrategy {
  type: "RollingUpdateScaleOut" | "RollingUpdateScaleIn" | "OverrideScaling";
  /** Number or percentage; `OverrideScaling` only. */
  maxSurge?: string | undefined;
  maxUnavailable?: string | undefined;
}

/** A taint of a pool's nodes. */
export interface Taint {
  key?: string | undefined;
  value?: string | undefined;
  effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
  timeAdded?: string | undefined;
}

/** Smallest machine that a pool takes. */
export interface InstanceType {
  minCPU?: number | undefined;
  minMemInMB?: number | undefined;
  minDiskSizeInGB?: number | undefined;
}

/** A machine pool as the cloud config shows it (all fields at one level). */
export interface MachinePoolSpec {
  name: string;
  size: number;
  labels: string[];
  isControlPlane: boolean;
  useControlPlaneAsWorker: boolean;
  minSize?: number | undefined;
  maxSize?: number | undefined;
  /** Seconds between two replacements; worker pools only. */
  nodeRepaveInterval?: number | undefined;
  updateStrategy: UpdateStrategy;
  additionalLabels?: Record<string, string> | undefined;
  additionalAnnotations?: Record<string, string> | undefined;
  additionalTags?: Record<string, string> | undefined;
  taints?: Taint[] | undefined;
  archType?: string | undefined;
  skipK8sUpgrade: "enabled" | "disabled";
  overrideKubeadmConfiguration?: string | undefined;
  overrideClusterAPIConfig?: string | undefined;
  overrideHealthCheckConfiguration?: string | undefined;
  instanceType: InstanceType;
  resourcePool: string;
  azs?: string[] | undefined;
  /** MAAS machine tags; a machine must have all. */
  tags?: string[] | undefined;
  useLxdVm?: boolean | undefined;
  network?: { networkName: string; parentPoolUid?: string | undefined; staticIp?: boolean | undefined } | undefined;
}

/** A machine pool of a cluster. */
export interface MachinePool {
  spec: MachinePoolSpec;
  /** The Kubernetes version that its nodes stay at while `skipK8sUpgrade` is enabled. */
  pinnedKubernetes?: string | undefined;
  /** The pool goes away; it stays until its machines are released. */
  deleting: boolean;
  /** When a node was last replaced: `nodeRepaveInterval` counts from it. */
  replacedAt: number;
}

/**
 * How far a machine is. `waiting`: no MAAS machine yet. `allocating`: MAAS is being asked (written down before the call,
 * so that a restart finds what was allocated). `allocated`, `deploying`, `joining`, `running`: as named. `draining`,
 * `releasing`: on its way out.
 */
export type MachinePhase =
  "waiting" | "allocating" | "allocated" | "deploying" | "joining" | "running" | "draining" | "releasing";

/** A node of a pool, wanted or there: one MAAS machine at most. */
export interface Machine {
  uid: string;
  poolName: string;
  /** Digest of what the node is made from: it is replaced when its pool's differs. */
  templateDigest: string;
  phase: MachinePhase;
  phaseSince: number;
  /** MAAS system id, once allocated. */
  systemId?: string | undefined;
  hostname: string;
  zone: string;
  /** In order: the preferred one first. */
  addresses: string[];
  cpuCount: number;
  memoryMebibytes: number;
  /** What MAAS answered to the last failed allocation or deployment; empty when there was none. */
  problem: string;
  /** Not before this time the next attempt is made. */
  retryAt: number;
  /** Whether MAAS took the release. */
  released: boolean;
  maintenance?: { action: "cordon" | "uncordon"; state: string; message: string; since: number } | undefined;
  createdAt: number;
}
