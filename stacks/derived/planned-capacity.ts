import type { Datacenter } from "../description/datacenter";
import { allocatableHardware, kubeletReservations } from "../sizing/kubelet-reservations";
import { podCapacity } from "../sizing/pod-capacity";
import { virtualMachineCapacity, type CapacityBound } from "../sizing/virtual-machine-capacity";
import { workerCount } from "./node-count";

/** What is planned, and what fits. */
export interface PlannedCapacity {
  /** Virtual machines of the description's plan. */
  readonly planned: number;
  /** How many of that mix fit on workers of the least hardware that may be chosen. */
  readonly virtualMachines: number;
  /** What runs out first. */
  readonly bound: CapacityBound;
  /** How many the RA recommends at most. */
  readonly recommended: number;
  /** Active workers. */
  readonly workers: number;
}

/** Compares the planned virtual machines with the workers' least hardware; null when nothing is planned or there is no cluster. */
export function plannedCapacity(datacenter: Pick<Datacenter, "cluster" | "virtualization">): PlannedCapacity | null {
  const { cluster, virtualization } = datacenter;
  const plan = virtualization?.plannedVirtualMachines ?? [];
  if (cluster === null || plan.length === 0) return null;
  const reservations = kubeletReservations(cluster.kubelet);
  const capacity = virtualMachineCapacity({
    workers: cluster.workers.flatMap(({ size, minimum }) =>
      Array.from({ length: size }, () => allocatableHardware(minimum, reservations)),
    ),
    mix: plan.map(({ count, cpuCores, memoryGibibytes }) => ({
      cpuCores,
      memoryMebibytes: memoryGibibytes * 1024,
      share: count,
    })),
    maxPods: cluster.kubelet.maxPods,
  });
  const workers = workerCount(cluster);
  return {
    planned: plan.reduce((sum, { count }) => sum + count, 0),
    virtualMachines: capacity.virtualMachines,
    bound: capacity.bound,
    recommended: podCapacity({ activeNodes: workers, maxPods: cluster.kubelet.maxPods }).recommendedVirtualMachines,
    workers,
  };
}
