import type { Hardware } from "./control-plane";

/** RA, Hardware resources, first table: the least that a worker may have. */
export const WORKER_MINIMUM: Hardware = { cpuCores: 8, memoryMebibytes: 24 * 1024 };

/** RA, Hardware resources, first table: what a worker should have. */
export const WORKER_RECOMMENDED: Hardware = { cpuCores: 48, memoryMebibytes: 256 * 1024 };

/** RA, Hardware resources: Portworx needs three nodes for a quorum, and one must be able to go. */
export const MINIMUM_WORKERS = 4;

/** RA, Hardware resources: the recommended smallest worker pool. */
export const RECOMMENDED_WORKERS = 5;

/** RA, Hardware resources: most virtual machines on one node, as far as CPU and memory allow. */
export const MAXIMUM_VIRTUAL_MACHINES_PER_NODE = 235;

/** RA, Hardware resources: virtual CPUs per core by default (KubeVirt's cpuAllocationRatio). */
export const CPU_OVERCOMMITMENT = 10;
