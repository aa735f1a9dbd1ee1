import type { Datacenter } from "../description/datacenter";
import { clusterCapacity, type ClusterCapacity } from "./cluster-capacity";

/** What is planned, and what of that mix fits. */
export interface PlannedCapacity extends ClusterCapacity {
  /** Virtual machines of the description's plan. */
  readonly planned: number;
}

/** Compares the planned virtual machines with the workers' least hardware; null when nothing is planned or there is no cluster. */
export function plannedCapacity(datacenter: Pick<Datacenter, "cluster" | "virtualization">): PlannedCapacity | null {
  const plan = datacenter.virtualization?.plannedVirtualMachines ?? [];
  const capacity = clusterCapacity(datacenter);
  if (capacity === null || plan.length === 0) return null;
  return { ...capacity, planned: plan.reduce((sum, { count }) => sum + count, 0) };
}
