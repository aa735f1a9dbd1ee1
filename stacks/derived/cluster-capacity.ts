import type { Datacenter } from "../description/datacenter";
import { allocatableHardware, kubeletReservations } from "../sizing/kubelet-reservations";
import { podCapacity } from "../sizing/pod-capacity";
import { virtualMachineCapacity, type CapacityBound } from "../sizing/virtual-machine-capacity";
import { workerCount } from "./node-count";

/** How much a cluster carries; an output of the stack. */
export interface ClusterCapacity {
  /** The mix that is counted with, e.g. `2 CPUs and 4 GiB`. */
  readonly mix: string;
  /** Virtual machines of that mix that fit on workers of the least hardware that may be chosen. */
  readonly virtualMachines: number;
  /** What runs out first. */
  readonly bound: CapacityBound;
  /** Virtual machines that the RA recommends at most for this number of nodes. */
  readonly recommended: number;
  /** Pods that virtual machines and workloads can have, after the platform's own. */
  readonly pods: number;
  /** Active workers; the spare is not counted. */
  readonly workers: number;
}

/** The size of the RA's sample template, for a description that plans nothing. */
const sampleSize = { count: 1, cpuCores: 2, memoryGibibytes: 4, hotAddedDisks: false };

/** What the cluster carries by the RA's sizing (Solution Sizing); null where there is no cluster. */
export function clusterCapacity(datacenter: Pick<Datacenter, "cluster" | "virtualization">): ClusterCapacity | null {
  const { cluster, virtualization } = datacenter;
  if (cluster === null || virtualization === null) return null;
  const planned = virtualization.plannedVirtualMachines;
  const mix = planned.length > 0 ? planned : [sampleSize];
  const reservations = kubeletReservations(cluster.kubelet);
  const { perNode: extraPodsPerNode, perCluster: extraPodsPerCluster } = virtualization.extraPods;
  const { maxPods } = cluster.kubelet;
  const { virtualMachines, bound } = virtualMachineCapacity({
    workers: cluster.workers.flatMap(({ size, minimum }) =>
      Array.from({ length: size }, () => allocatableHardware(minimum, reservations)),
    ),
    mix: mix.map(({ count, cpuCores, memoryGibibytes, hotAddedDisks }) => ({
      cpuCores,
      memoryMebibytes: memoryGibibytes * 1024,
      share: count,
      extraPods: hotAddedDisks ? 1 : 0,
    })),
    maxPods,
    extraPodsPerNode,
    extraPodsPerCluster,
  });
  const workers = workerCount(cluster);
  const pods = podCapacity({ activeNodes: workers, maxPods, extraPodsPerNode, extraPodsPerCluster });
  return {
    mix: mix
      .map(
        ({ count, cpuCores, memoryGibibytes, hotAddedDisks }) =>
          `${count} of ${cpuCores} CPUs and ${memoryGibibytes} GiB${hotAddedDisks ? " with hot-added disks" : ""}`,
      )
      .join(", "),
    virtualMachines,
    bound,
    recommended: pods.recommendedVirtualMachines,
    pods: pods.available,
    workers,
  };
}
