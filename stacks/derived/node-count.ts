import type { ClusterSection } from "../description/cluster";

/** How many worker nodes a cluster has. */
export function workerCount(cluster: Pick<ClusterSection, "workers">): number {
  return cluster.workers.reduce((sum, { size }) => sum + size, 0);
}

/** How many nodes a cluster has: control plane and workers; the spares are not in it. */
export function nodeCount(cluster: Pick<ClusterSection, "workers" | "controlPlane">): number {
  return cluster.controlPlane.size + workerCount(cluster);
}
