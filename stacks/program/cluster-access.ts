import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Palette } from "../../components/palette/palette";
import { ExistingClusterAccess } from "../../components/virtualization/existing-cluster-access";
import { messageOf } from "../../providers/dynamic/errors";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { existingKubeconfig } from "../../providers/virtualization/connection";
import type { CheckedDatacenter } from "./checked-datacenter";

/** How the layer above a cluster reaches it, whoever made the cluster. */
export interface ClusterAccess {
  /** A secret; unknown while the cluster does not exist. */
  kubeconfig: pulumi.Output<string>;
  provider: kubernetes.Provider;
  /** What must be there first. */
  dependsOn: pulumi.Resource[];
  /** Uid of a cluster that exists; undefined for one that this stack makes, and with which its objects go. */
  existing: pulumi.Output<string> | undefined;
}

/**
 * Access to the cluster of a datacenter; undefined for metal only.
 *
 * @throws RunError when the kubeconfig of an existing cluster is missing or cannot be used, before anything is touched
 */
export function clusterAccess(
  { datacenter, secrets }: CheckedDatacenter,
  palette: Palette | undefined,
  root: pulumi.Resource,
): ClusterAccess | undefined {
  if (palette !== undefined) {
    const { kubeconfig, provider, cluster } = palette;
    return { kubeconfig, provider, dependsOn: [cluster], existing: undefined };
  }
  if (datacenter.existingCluster === null) return undefined;
  const kubeconfig = usable(() => existingKubeconfig(datacenter.existingCluster ?? {}, secrets.get("kubeconfig")));
  const access = new ExistingClusterAccess(
    "existing-cluster",
    { name: datacenter.name, kubeconfig: pulumi.secret(kubeconfig) },
    { parent: root },
  );
  return {
    kubeconfig: access.kubeconfig,
    provider: access.provider,
    dependsOn: [access.cluster],
    existing: access.cluster.id,
  };
}

function usable(read: () => string): string {
  try {
    const kubeconfig = read();
    kubeconfigAccess(kubeconfig);
    return kubeconfig;
  } catch (failure) {
    throw new pulumi.RunError(messageOf(failure));
  }
}
