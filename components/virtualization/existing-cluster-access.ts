import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
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
    this.provider = new kubernetes.Provider(
      `${args.name}-kubernetes`,
      {
        kubeconfig: this.kubeconfig,
        // The provider stays the same one while the kubeconfig changes: what it is of is said by the cluster's uid.
        clusterIdentifier: this.cluster.id,
        enableServerSideApply: true,
        // Else changed data would delete a ConfigMap or Secret and make it anew, and a virtual machine that starts in between would miss it.
        enableConfigMapMutable: true,
        enableSecretMutable: true,
      },
      { parent: this },
    );
    this.registerOutputs({ cluster: this.cluster.id });
  }
}
