import { nodeDigest } from "../clusters/repave";
import type { Cluster } from "../model/cluster";
import type { MachinePool } from "../model/machine-pool";
import { digestOf } from "../uid";

/** Digest of the Kubernetes layer that a cluster's nodes are made from. */
export function kubernetesDigest(cluster: Cluster): string {
  return cluster.nodeLayers
    .filter((layer) => layer.pack.layer === "k8s")
    .map(nodeDigest)
    .join();
}

/**
 * Digest of everything that a pool's nodes are made from. Size, labels and annotations are not part of it: they change in
 * place. A pool that skips Kubernetes upgrades keeps the one it was pinned to.
 */
export function templateDigest(cluster: Cluster, pool: MachinePool): string {
  const { spec } = pool;
  const kubernetes =
    spec.skipK8sUpgrade === "enabled"
      ? (pool.pinnedKubernetes ?? kubernetesDigest(cluster))
      : kubernetesDigest(cluster);
  const system = cluster.nodeLayers.filter((layer) => layer.pack.layer === "os").map(nodeDigest);
  return digestOf(
    JSON.stringify([
      [spec.instanceType.minCPU ?? 0, spec.instanceType.minMemInMB ?? 0, spec.instanceType.minDiskSizeInGB ?? 0],
      spec.resourcePool,
      [...(spec.azs ?? [])].sort(),
      [...(spec.tags ?? [])].sort(),
      (spec.taints ?? []).map(({ key, value, effect }) => [key, value, effect]),
      [spec.useLxdVm ?? false, spec.network?.networkName ?? "", spec.archType ?? "amd64"],
      [spec.overrideKubeadmConfiguration, spec.overrideClusterAPIConfig, spec.overrideHealthCheckConfiguration],
      cluster.cloudConfig.sshKeys ?? [],
      [system, kubernetes],
    ]),
  );
}
