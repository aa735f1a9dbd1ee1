import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { kubernetesProvider } from "../kubernetes-provider";
import { ExistingCluster } from "../../providers/virtualization/existing-cluster";

/** A cluster that exists, and how it is reached. */
export interface ExistingClusterAccessArgs {
  /** What it is called in messages: the datacenter's name. */
  name: string;
  /** Its kubeconfig with the context chosen; a secret. */
  kubeconfig: pulumi.Input<string>;
}

/** Access to a cluster that this stack does not make, never deletes, and tells from every other by its uid. */
export class ExistingClusterAccess extends pulumi.ComponentResource {
  readonly cluster: ExistingCluster;
  /** The kubeconfig; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The Kubernetes provider of the cluster. */
  readonly provider: kubernetes.Provider;

  constructor(name: string, args: ExistingClusterAccessArgs, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:ExistingClusterAccess", name, {}, options);
    this.kubeconfig = pulumi.secret(args.kubeconfig);
    this.cluster = new ExistingCluster(args.name, { name: args.name }, { parent: this });
    this.provider = kubernetesProvider(
      `${args.name}-kubernetes`,
      { kubeconfig: this.kubeconfig, clusterIdentifier: this.cluster.id },
      { parent: this },
    );
    this.registerOutputs({ cluster: this.cluster.id });
  }
}
