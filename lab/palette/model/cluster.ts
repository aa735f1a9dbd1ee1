import type { Json } from "../json";
import type { Machine, MachinePool } from "./machine-pool";
import type { ProfilePack, ProfileType, Variable } from "./profile";

/** `status.state` values. */
export type ClusterState = "Pending" | "Provisioning" | "Running" | "Deleting" | "Deleted";

/** Names of the conditions, in the order in which a new cluster reaches them. */
export const CONDITION_TYPES = [
  "ImageResolutionDone",
  "BootstrappingDone",
  "KubeConfigReady",
  "CloudInfrastructureReady",
  "ControlPlaneNodeAdditionDone",
  "ControlPlaneNodeDeletionDone",
  "WorkerNodeAdditionDone",
  "WorkerNodeDeletionDone",
] as const;

/** The name of a condition. */
export type ConditionType = (typeof CONDITION_TYPES)[number];

/** A condition of a cluster. */
export interface Condition {
  type: ConditionType;
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
  transitionedAt: number;
}

/** A profile as it is attached to a cluster: a copy, taken when it was attached or its update was taken. */
export interface AttachedProfile {
  uid: string;
  name: string;
  version: string;
  type: ProfileType;
  cloudType: string;
  packs: ProfilePack[];
  /** Definitions of the profile's variables. */
  variables: Variable[];
  /** The cluster's own values by variable name. */
  values: Record<string, string>;
  /** When the profile version was last changed, as this copy saw it. */
  sourceModifiedAt: number;
}

/** An operating system or Kubernetes layer with everything resolved: what nodes are made from. */
export interface NodeLayer {
  profileUid: string;
  pack: ProfilePack;
}

/** Why nodes have to be replaced. */
export interface RepaveReason {
  code: string;
  message: string;
  current: ProfilePack;
  target: ProfilePack;
  diffConfigKeys: string[];
}

/** A repave: asked for, allowed or called off. */
export interface Repave {
  state: "Pending" | "Approved" | "Reverted";
  reasons: RepaveReason[];
  message: string;
  transitionedAt: number;
  /** Whether an approved one was begun: what changes after that needs an approval of its own. */
  begun: boolean;
}

/** A layer on the cluster. */
export interface InstalledLayer {
  profileUid: string;
  name: string;
  version: string;
  type: string;
  /** Of the resolved content that was installed; empty while it was not yet. */
  digest: string;
  startedAt: number;
  endedAt?: number | undefined;
  /** Why the last attempt failed; absent when none did. */
  failure?: string | undefined;
  manifests: { uid: string; name: string }[];
}

/** Domain, keys and time servers of a MAAS cluster. */
export interface MaasClusterConfig {
  domain: string;
  sshKeys?: string[] | undefined;
  ntpServers?: string[] | undefined;
  enableLxdVm?: boolean | undefined;
  staticIp?: boolean | undefined;
  overrideClusterAPIConfig?: string | undefined;
}

/** A MAAS cluster: what was asked for and how far it is. */
export interface Cluster {
  uid: string;
  name: string;
  projectUid: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  createdAt: number;
  modifiedAt: number;
  cloudAccountUid: string;
  cloudConfigUid: string;
  cloudConfig: MaasClusterConfig;
  /** `spec.clusterConfig` as it was sent and patched. */
  clusterConfig: Record<string, Json>;
  pools: MachinePool[];
  machines: Machine[];
  /** Machines that were released: their rows are listed where the habit says so. */
  formerMachines?: Machine[] | undefined;

  /** What the API shows as attached. */
  profiles: AttachedProfile[];
  /** What the controller works from: `profiles` once they were downloaded and may be applied. */
  appliedProfiles: AttachedProfile[];
  /** Operating system and Kubernetes layers that nodes are made from now (approved). */
  nodeLayers: NodeLayer[];
  spcApply: {
    actionType: "DownloadAndInstall" | "DownloadAndInstallLater";
    canBeApplied: boolean;
    changedAt: number;
    appliedAt?: number | undefined;
  };
  repave?: Repave | undefined;

  state: ClusterState;
  /** When `state` was last changed. */
  stateSince: number;
  conditions: Condition[];
  /** Set by a cluster that once had all layers installed. */
  healthy: boolean;
  layers: InstalledLayer[];
  /** What MAAS or the gateway last refused, for the whole cluster; empty when all is well. */
  cloudProblem: string;
  /** The API server's DNS record in MAAS. */
  endpoint?: { label: string; recordId?: number | undefined; addresses: string[] } | undefined;
  kubeconfig?: string | undefined;
  /** Digest of the Node list that Kubernetes was last given. */
  nodesDigest: string;
  certificatesRenewedAt: number;
  deletion?: { requestedAt: number; forced: boolean } | undefined;
}
