import { subnetCount } from "../../addressing/network";

/** The slice of the pod network that each node gets (RA, Solution Sizing; the default of kube-controller-manager). */
export const NODE_POD_PREFIX = 24;

/** Pods that each node runs by itself: Cilium, Multus, VMO, monitoring and Portworx (RA, Solution Sizing). */
export const OVERHEAD_PODS_PER_NODE = 10;

/** Pods that the cluster runs once: controllers, agents and the like (RA, Solution Sizing). */
export const OVERHEAD_PODS_PER_CLUSTER = 58;

/** The pods per node of the RA, and its upper limit. */
export const RECOMMENDED_MAXIMUM_PODS = 250;

/** The RA's upper limit of virtual machines for the 63 active nodes of a /18. */
const RECOMMENDED_MACHINES = { virtualMachines: 12_500, activeNodes: 63 } as const;

/** Addresses of a node's /24 that no pod can have: network, broadcast, and the ones that Cilium takes (router and health). */
const RESERVED_NODE_ADDRESSES = 4;

/** What {@link podCapacity} is asked. */
export interface PodCapacityArgs {
  /** Nodes that are active at once: control plane and workers, without the spare. */
  readonly activeNodes: number;
  /** Most pods on a node (the kubelet's maxPods). */
  readonly maxPods: number;
  /** Pods per node on top of the RA's ten, e.g. a backup agent's. Default 0. */
  readonly extraPodsPerNode?: number;
  /** Pods per cluster on top of the RA's 58, e.g. a backup server's. Default 0. */
  readonly extraPodsPerCluster?: number;
}

/** How many pods a cluster carries. */
export interface PodCapacity {
  /** All pods that may run: maxPods on each active node. */
  readonly total: number;
  /** Pods that the platform itself needs. */
  readonly overhead: number;
  /** What is left for virtual machines and workloads; never below 0. */
  readonly available: number;
  /** Virtual machines that the RA recommends at most: 12,500 on 63 nodes, in proportion for fewer; never more than `available`. */
  readonly recommendedVirtualMachines: number;
}

/** Pods of a cluster by the RA's arithmetic: 63 nodes with 250 pods are 15,750, less 688 of overhead, leave 15,062. */
export function podCapacity(args: PodCapacityArgs): PodCapacity {
  const total = args.activeNodes * args.maxPods;
  const perNode = OVERHEAD_PODS_PER_NODE + (args.extraPodsPerNode ?? 0);
  const perCluster = OVERHEAD_PODS_PER_CLUSTER + (args.extraPodsPerCluster ?? 0);
  const overhead = args.activeNodes * perNode + perCluster;
  const available = Math.max(0, total - overhead);
  const proportional = Math.floor(
    (RECOMMENDED_MACHINES.virtualMachines * args.activeNodes) / RECOMMENDED_MACHINES.activeNodes,
  );
  return { total, overhead, available, recommendedVirtualMachines: Math.min(proportional, available) };
}

/** How many nodes a pod network has slices for: 64 in a /18. The RA keeps the last one for the spare of a repave. */
export function nodeSlices(podCidr: string): number {
  return subnetCount(podCidr, NODE_POD_PREFIX);
}

/** The largest maxPods that a node's slice has addresses for. */
export function maximumPodsOfSlice(): number {
  return 2 ** (32 - NODE_POD_PREFIX) - RESERVED_NODE_ADDRESSES;
}
