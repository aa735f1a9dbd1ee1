import { referenceVersion } from "../../profiles/render/reference-versions";
import type { ClusterOperations } from "./cluster-operations";
import type { ProfileFile } from "./profile-files";
import type { Hardware } from "../sizing/control-plane";
import type { KubeletReservationArgs } from "../sizing/kubelet-reservations";

/** A Kubernetes taint. */
export interface Taint {
  /** Its key, with or without a prefix. */
  readonly key: string;
  /** "" = none. */
  readonly value: string;
  /** What it keeps away. */
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** The least hardware by which Palette chooses a machine from the resource pool. */
export interface MinimumHardware extends Hardware {
  /** Size of the disk, GB. */
  readonly diskGigabytes: number;
}

/** How nodes are replaced on an upgrade (repave). */
export type UpdateStrategy = "RollingUpdateScaleOut" | "RollingUpdateScaleIn";

/** A machine pool of the cluster. */
export interface MachinePool {
  /** Its name in Palette. */
  readonly name: string;
  /** The host group (and with it the MAAS resource pool) that its machines come from. */
  readonly hostGroup: string;
  /** Number of nodes. */
  readonly size: number;
  /** Zones over which its nodes are spread. */
  readonly zones: readonly string[];
  /** Least hardware of a machine. */
  readonly minimum: MinimumHardware;
  /** Labels of its nodes. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of its nodes. */
  readonly taints: readonly Taint[];
  /** How nodes are replaced: scale-out first adds the spare, scale-in first takes a node away. */
  readonly updateStrategy: UpdateStrategy;
}

/** Versions that the RA's table names (Software resources). */
export interface ComponentVersions {
  /** Ubuntu. */
  readonly operatingSystem: string;
  /** Palette eXtended Kubernetes. */
  readonly kubernetes: string;
  /** The Cilium pack. */
  readonly cilium: string;
  /** The Portworx /w Operator pack. */
  readonly portworx: string;
  /** The MetalLB (Helm) pack. */
  readonly metallb: string;
  /** The Nginx pack. */
  readonly nginx: string;
  /** The Prometheus - Grafana pack. */
  readonly prometheus: string;
  /** The VM Orchestrator pack, which brings KubeVirt, CDI, Multus, Descheduler and the snapshot controller. */
  readonly virtualMachineOrchestrator: string;
}

/** Who the users of the cluster are. */
export type IdentityProvider =
  | { readonly kind: "palette" }
  | {
      readonly kind: "oidc";
      readonly issuerUrl: string;
      readonly clientId: string;
      readonly usernameClaim: string;
      readonly groupsClaim: string;
    }
  | { readonly kind: "none" };

/** The kubelet's settings on workers (RA, Ubuntu layer). */
export interface KubeletSettings extends KubeletReservationArgs {
  /** Most pods on a node. */
  readonly maxPods: number;
}

/** The cluster. */
export interface ClusterSection extends ClusterOperations {
  /** Its name in Palette. */
  readonly name: string;
  /** The control plane. */
  readonly controlPlane: MachinePool;
  /** Whether control plane nodes run workloads too. */
  readonly workloadsOnControlPlane: boolean;
  /** The worker pools. */
  readonly workers: readonly MachinePool[];
  /** Namespaces that are planned for; sizes the control plane. */
  readonly namespaces: number;
  /** Component versions. */
  readonly versions: ComponentVersions;
  /** Versions of the cluster profiles in Palette, by profile. */
  readonly profileVersions: { readonly infra: string; readonly core: string; readonly templates: string };
  /** Exported profiles that are imported too. */
  readonly profileFiles: readonly ProfileFile[];
  /** Who the users are. */
  readonly identityProvider: IdentityProvider;
  /** How users reach the VM dashboard. */
  readonly access: "proxied" | "direct";
  /** Where browsers reach the consoles of VMs with direct access; null = consoles go through the Spectro proxy. */
  readonly consoleBaseAddress: string | null;
  /** The kubelet on workers. */
  readonly kubelet: KubeletSettings;
  /** PEM certificates of authorities that all nodes trust. */
  readonly certificateAuthorities: readonly string[];
  /** Public SSH keys for the user `spectro` on all nodes. */
  readonly sshKeys: readonly string[];
  /** Time servers of all nodes. */
  readonly ntpServers: readonly string[];
}

/** The RA's versions (Software resources), from profiles/versions.yaml. */
export const REFERENCE_VERSIONS: ComponentVersions = {
  operatingSystem: referenceVersion("operatingSystem"),
  kubernetes: referenceVersion("kubernetes"),
  cilium: referenceVersion("cilium"),
  portworx: referenceVersion("portworx"),
  metallb: referenceVersion("metallb"),
  nginx: referenceVersion("nginx"),
  prometheus: referenceVersion("prometheus"),
  virtualMachineOrchestrator: referenceVersion("virtualMachineOrchestrator"),
};
