import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { untilAnswering } from "../providers/kubernetes/answering";
import { patienceWithSilence } from "../providers/kubernetes/patience";

/** The cluster that a Kubernetes provider acts on. */
export interface KubernetesProviderArgs {
  /** A secret; unknown while the cluster does not exist. */
  kubeconfig: pulumi.Output<string>;
  /** What tells the cluster from every other: the provider stays the same one while the kubeconfig changes. */
  clusterIdentifier: pulumi.Input<string>;
}

/**
 * The Kubernetes provider of one cluster, as all our clusters have it.
 *
 * It is made only once the API server answers, or has had its time to: a provider that starts while it is away takes the cluster for unreachable
 * during the whole update, however soon the server is back. A preview waits for nothing.
 */
export function kubernetesProvider(
  name: string,
  { kubeconfig, clusterIdentifier }: KubernetesProviderArgs,
  options: pulumi.ResourceOptions,
): kubernetes.Provider {
  return new kubernetes.Provider(
    name,
    {
      kubeconfig: pulumi.runtime.isDryRun() ? kubeconfig : pulumi.secret(kubeconfig.apply(onceAnswering)),
      clusterIdentifier,
      enableServerSideApply: true,
      // Else changed data would delete a ConfigMap or Secret and make it anew, and a virtual machine that starts in between would miss it.
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    },
    options,
  );
}

async function onceAnswering(kubeconfig: string): Promise<string> {
  await untilAnswering(kubeconfig, patienceWithSilence());
  return kubeconfig;
}
