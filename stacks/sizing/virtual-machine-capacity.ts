import type { Hardware } from "./control-plane";
import { OVERHEAD_PODS_PER_CLUSTER, OVERHEAD_PODS_PER_NODE } from "./pod-capacity";
import { CPU_OVERCOMMITMENT, MAXIMUM_VIRTUAL_MACHINES_PER_NODE } from "./worker";

/** One kind of virtual machine in a mix. */
export interface InstanceType {
  /** Virtual CPUs. */
  readonly cpuCores: number;
  /** Memory of the guest, MiB. */
  readonly memoryMebibytes: number;
  /** How many of all machines are of this kind, as a weight: 3 and 1 mean three of one for one of the other. */
  readonly share: number;
  /** Pods of each beside its own one: one when disks are hot-added to it (RA, Solution Sizing). Default 0. */
  readonly extraPods?: number;
}

/** What {@link virtualMachineCapacity} is asked. */
export interface VirtualMachineCapacityArgs {
  /** What each active worker has left for pods (its hardware less the kubelet's reservations); the spare is not in it. */
  readonly workers: readonly Hardware[];
  /** The kinds of machines; at least one with a share above 0. */
  readonly mix: readonly InstanceType[];
  /** Most pods on a node. */
  readonly maxPods: number;
  /** Virtual CPUs per core. Default 10 (RA). */
  readonly cpuOvercommitment?: number;
  /** Pods per node on top of the RA's ten, e.g. a backup agent's. Default 0. */
  readonly extraPodsPerNode?: number;
  /** Pods per cluster on top of the RA's 58, e.g. a backup server's. Default 0. */
  readonly extraPodsPerCluster?: number;
}

/** What bounds the number of machines. */
export type CapacityBound = "cpu" | "memory" | "pods" | "virtual machines per node";

/** How many virtual machines of a mix fit. */
export interface VirtualMachineCapacity {
  /** All of them together. */
  readonly virtualMachines: number;
  /** What the worker with the fewest machines runs out of first; of several, the first in the order of {@link CapacityBound}. */
  readonly bound: CapacityBound;
  /** Per worker, in the order given. */
  readonly perWorker: readonly number[];
}

/**
 * Memory that a virtual machine's pod needs beside its guest's, MiB: what KubeVirt 1.5 adds for the launcher, libvirt and QEMU,
 * 8 MiB per virtual CPU, and page tables of a 512th of the guest.
 */
export function virtualMachineOverheadMebibytes(machine: { cpuCores: number; memoryMebibytes: number }): number {
  const launcherAndEmulator = 260;
  return Math.ceil(launcherAndEmulator + 8 * machine.cpuCores + machine.memoryMebibytes / 512);
}

/**
 * How many virtual machines of a mix fit on the workers, by CPU (10:1), memory, pods (RA overhead of 10 per node and 58 per
 * cluster) and the RA's 235 per node. Machines of average size are counted; how the scheduler packs them is not looked at.
 */
export function virtualMachineCapacity(args: VirtualMachineCapacityArgs): VirtualMachineCapacity {
  const shares = args.mix.reduce((sum, { share }) => sum + share, 0);
  const average = (value: (type: InstanceType) => number): number =>
    args.mix.reduce((sum, type) => sum + value(type) * type.share, 0) / shares;
  const cpu = average(({ cpuCores }) => cpuCores) / (args.cpuOvercommitment ?? CPU_OVERCOMMITMENT);
  const memory = average((type) => type.memoryMebibytes + virtualMachineOverheadMebibytes(type));
  const podsPerMachine = 1 + average(({ extraPods = 0 }) => extraPods);
  const podsPerNode = args.maxPods - OVERHEAD_PODS_PER_NODE - (args.extraPodsPerNode ?? 0);
  const clusterPods = OVERHEAD_PODS_PER_CLUSTER + (args.extraPodsPerCluster ?? 0);

  const bounded = args.workers.map((worker): { machines: number; bound: CapacityBound } => {
    const bounds: [CapacityBound, number][] = [
      ["cpu", worker.cpuCores / cpu],
      ["memory", worker.memoryMebibytes / memory],
      ["pods", podsPerNode / podsPerMachine],
      ["virtual machines per node", MAXIMUM_VIRTUAL_MACHINES_PER_NODE],
    ];
    const [bound, machines] = bounds.reduce((least, next) => (next[1] < least[1] ? next : least));
    return { machines: Math.max(0, Math.floor(machines)), bound };
  });
  const perWorker = bounded.map(({ machines }) => machines);
  const fitting = perWorker.reduce((sum, machines) => sum + machines, 0);
  const byPods = Math.floor(Math.max(0, args.workers.length * podsPerNode - clusterPods) / podsPerMachine);
  const tightest = bounded.reduce<(typeof bounded)[number] | undefined>(
    (least, next) => (least === undefined || next.machines < least.machines ? next : least),
    undefined,
  );
  return byPods < fitting
    ? { virtualMachines: byPods, bound: "pods", perWorker }
    : { virtualMachines: fitting, bound: tightest?.bound ?? "pods", perWorker };
}
