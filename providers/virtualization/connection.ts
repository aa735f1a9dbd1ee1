import { readFileSync } from "node:fs";
import { type ConfigurationReader, connectionConfiguration } from "../dynamic/configuration";
import { InputError } from "../dynamic/errors";
import type { Connection } from "../dynamic/kind";
import { kubeconfigAccess, withContext } from "../kubernetes/kubeconfig-access";
import { KubernetesClient } from "../kubernetes/kubernetes-client";

/** What of `existingCluster` says how the cluster is reached. */
export interface ExistingClusterAccess {
  kubeconfigFile?: string | null;
  context?: string | null;
}

/** The stack secret with the kubeconfig of a cluster that exists. */
export const kubeconfigSecret = "vmo-metal:kubeconfig";

/** How the kinds of this folder reach a cluster that exists. */
export interface ClusterConnection extends Connection {
  /** @throws InputError when there is no kubeconfig, or none that can be used */
  client(): KubernetesClient;
}

/** Makes the connection from the stack's configuration. The cluster's own uid tells it from others, so the identity is the stack's. */
export function connect(configuration: ConfigurationReader): ClusterConnection {
  const datacenter = connectionConfiguration(configuration);
  let client: KubernetesClient | undefined;
  return {
    identity: `cluster of ${datacenter.name}`,
    formerIdentities: [],
    client: () =>
      (client ??= new KubernetesClient(
        kubeconfigAccess(existingKubeconfig(datacenter.existingCluster ?? {}, configuration.get(kubeconfigSecret))),
      )),
  };
}

/**
 * The kubeconfig of a cluster that exists, with its context chosen: from the file that the description names, else the stack secret.
 *
 * @throws InputError that says what to do when there is none
 */
export function existingKubeconfig(access: ExistingClusterAccess, secret: string | undefined): string {
  const { kubeconfigFile, context } = access;
  const text = kubeconfigFile ? readKubeconfig(kubeconfigFile) : secret;
  if (text === undefined || text.trim() === "")
    throw new InputError(
      "There is no kubeconfig of the existing cluster. Set it, pulumi config set --secret vmo-metal:kubeconfig < FILE, or name a file in existingCluster.kubeconfigFile.",
      kubeconfigSecret,
    );
  return context ? withContext(text, context) : text;
}

function readKubeconfig(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new InputError(
      `existingCluster.kubeconfigFile cannot be read (${reason}). A path that does not start with / is taken from the project's folder.`,
      "existingCluster.kubeconfigFile",
    );
  }
}
