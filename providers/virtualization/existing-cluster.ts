import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { clusterUid } from "../kubernetes/cluster-uid";
import { type ClusterConnection, connect } from "./connection";

/** Inputs of an {@link ExistingCluster}. */
export interface ExistingClusterArgs {
  /** What the cluster is called in messages. */
  name: pulumi.Input<string>;
}

interface ExistingClusterInputs {
  name: string;
}

/**
 * The kind behind {@link ExistingCluster}. It makes nothing: it keeps in state which cluster the stack's objects are on, so that a kubeconfig of another
 * cluster is noticed.
 */
export const existingClusterKind: ResourceKind<ExistingClusterInputs, object, ClusterConnection> = {
  kind: "virtualization:ExistingCluster",
  schema: { name: text("the name of a cluster") },
  outputs: [],
  connect,

  async create(link) {
    return { id: await clusterUid(link.client()), outputs: {} };
  },

  async read(link, id, state) {
    const problem = otherCluster(id, await clusterUid(link.client()));
    if (problem !== undefined) throw new InputError(problem);
    return { id, inputs: { name: state.name ?? id }, outputs: {} };
  },

  async update() {
    return { outputs: {} };
  },

  async delete() {
    // The cluster was there before, and stays.
  },
};

/** What is wrong when a kubeconfig leads to a cluster; undefined when it is the one that the stack's objects are on. */
export function otherCluster(known: string, found: string): string | undefined {
  return known === found
    ? undefined
    : `The kubeconfig leads to the cluster ${found} (uid of its namespace kube-system), but this stack's objects are on the cluster ${known}. ` +
        "Nothing was touched. Give the kubeconfig of that cluster, or describe the other one in a stack of its own.";
}

/** A cluster that exists: its id is the uid of its namespace kube-system. */
export class ExistingCluster extends ServedResource<ExistingClusterInputs, object, ClusterConnection> {
  constructor(name: string, args: ExistingClusterArgs, options?: pulumi.CustomResourceOptions) {
    super(existingClusterKind, name, args, options);
  }
}
