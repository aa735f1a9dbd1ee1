import type { ClusterSection, MachinePool } from "../description/cluster";

/** A machine pool with its place in the description. */
export interface PlacedPool {
  readonly pool: MachinePool;
  readonly controlPlane: boolean;
  /** Below `vmo-metal:datacenter`. */
  readonly path: string;
}

/** All machine pools of a cluster, the control plane first. */
export function machinePools(cluster: ClusterSection): PlacedPool[] {
  return [
    { pool: cluster.controlPlane, controlPlane: true, path: "cluster.controlPlane" },
    ...cluster.workers.map((pool, index) => ({ pool, controlPlane: false, path: `cluster.workers[${index}]` })),
  ];
}
