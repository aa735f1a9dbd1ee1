import type * as pulumi from "@pulumi/pulumi";
import { type ArgumentsOf, ServedResource } from "../../dynamic/resource";
import type { Origin } from "../ownership";
import { clusterKind } from "./cluster-kind";
import type { AttachedProfile, ClusterInputs, ClusterLink, ClusterOutputs } from "./inputs";
import type { MachinePool } from "./pools";
import type { OsPatch } from "./settings";

/** Inputs of a {@link Cluster}. */
export interface ClusterArgs {
  /** Name of the cluster; part of the DNS name of its API. Cannot change. */
  name: pulumi.Input<string>;
  /** Name of the cloud account. Cannot change. */
  cloudAccount: pulumi.Input<string>;
  /** DNS domain of MAAS in which the API's name is made. */
  domain: pulumi.Input<string>;
  /** Network of the pods, as a profile says it; a cluster has it for good. Default: not watched. */
  podCidr?: pulumi.Input<string | null>;
  /** Network of the services, as a profile says it; a cluster has it for good. Default: not watched. */
  serviceCidr?: pulumi.Input<string | null>;
  /** Public keys that may log in to the nodes as user `spectro`. Default: none. */
  sshKeys?: pulumi.Input<string[]>;
  /** Time servers of the nodes. Default: those of MAAS. */
  ntpServers?: pulumi.Input<string[]>;
  /** Palette's labels (tags) of the cluster. */
  labels?: pulumi.Input<Record<string, string>>;
  /** One infra profile and its add-ons. A new version of one is swapped in; one that is left out is detached. */
  profiles: pulumi.Input<AttachedProfile[]>;
  /** Secret values of profile variables, by `profile/variable`. */
  secretVariables?: pulumi.Input<Record<string, string>>;
  /**
   * Layers that are to be other than their profile has them: none, so leave it out. What was changed on the cluster itself is read back into it, by
   * `profile/pack`, so that it is seen as drift, and put back. Default: null.
   */
  changedLayers?: pulumi.Input<null>;
  /** Keys (`profile/pack/key/key/…`) of the profiles' values that are secrets: drift of one is told without its value. Default: none. */
  secretValues?: pulumi.Input<string[]>;
  /** Machine pools; exactly one is the control plane. */
  pools: pulumi.Input<MachinePool[]>;
  /** When and how the operating system of nodes is patched. Default: not at all. */
  osPatch?: pulumi.Input<Partial<OsPatch>>;
  /** Time zone of schedules, e.g. `Europe/Berlin`. Default: Palette's. */
  timezone?: pulumi.Input<string | null>;
  /** `lock` keeps Palette from upgrading its own components in the cluster. Default: `unlock`. */
  componentUpgrades?: pulumi.Input<"lock" | "unlock">;
  /** Approve a repave that waits. Default: false: a waiting repave is an error that gives its reasons. */
  approveRepave?: pulumi.Input<boolean>;
  /** Default: false, worker pools are updated one after the other. */
  updateWorkerPoolsInParallel?: pulumi.Input<boolean>;
  /** On destroy: have Palette forget the cluster when its deletion does not end. Default: false. */
  forceDelete?: pulumi.Input<boolean>;
  /** How long a deletion may take before it is forced, in minutes. Default: 20 (Palette allows it after 15). */
  forceDeleteAfterMinutes?: pulumi.Input<number>;
  /** How long a create, an update or a delete is waited for, in minutes. Default: 180. */
  timeoutMinutes?: pulumi.Input<number>;
  /** Take a cluster over that exists already. Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

/** A cluster on machines of MAAS (API: spectroclusters/maas). Its `id` is its uid. It is never replaced. */
export class Cluster extends ServedResource<ClusterInputs, ClusterOutputs, ClusterLink> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly profiles: pulumi.Output<AttachedProfile[]>;
  declare public readonly pools: pulumi.Output<MachinePool[]>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** `pending` while a repave waits for approval. */
  declare public readonly repave: pulumi.Output<"none" | "pending">;
  /** `host:port` of the Kubernetes API. */
  declare public readonly apiEndpoint: pulumi.Output<string | null>;

  constructor(name: string, args: ClusterArgs, options?: pulumi.CustomResourceOptions) {
    super(clusterKind(), name, args as Partial<ArgumentsOf<ClusterInputs>>, options);
  }

  /** A cluster that is managed elsewhere, by its uid. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Cluster {
    return new Cluster(name, {} as ClusterArgs, { ...options, id });
  }
}
