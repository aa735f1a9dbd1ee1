/** Hardware of one machine. */
export interface Hardware {
  /** CPU cores as MAAS counts them. */
  readonly cpuCores: number;
  /** Memory in MiB, the unit of MAAS and Palette. */
  readonly memoryMebibytes: number;
}

/** A row of the RA's table of control plane sizes: up to so many workers and namespaces need this hardware. */
export interface ControlPlaneSize extends Hardware {
  /** Most worker nodes. */
  readonly workers: number;
  /** Most namespaces. */
  readonly namespaces: number;
}

/** RA, Hardware resources, second table. It assumes three or more control plane nodes. */
export const CONTROL_PLANE_SIZES: readonly ControlPlaneSize[] = [
  { workers: 10, namespaces: 100, cpuCores: 4, memoryMebibytes: 8 * 1024 },
  { workers: 25, namespaces: 500, cpuCores: 4, memoryMebibytes: 16 * 1024 },
  { workers: 100, namespaces: 1000, cpuCores: 8, memoryMebibytes: 32 * 1024 },
  { workers: 250, namespaces: 2000, cpuCores: 16, memoryMebibytes: 64 * 1024 },
  { workers: 500, namespaces: 4000, cpuCores: 32, memoryMebibytes: 128 * 1024 },
];

/** The smallest row that covers both numbers; undefined beyond the table (500 workers, 4,000 namespaces). */
export function controlPlaneSize(workers: number, namespaces: number): ControlPlaneSize | undefined {
  return CONTROL_PLANE_SIZES.find((size) => workers <= size.workers && namespaces <= size.namespaces);
}
