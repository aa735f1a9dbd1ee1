import type { Hardware } from "./control-plane";
import { parseCpuSet } from "./cpu-set";

/** Memory and CPUs that the kubelet keeps from pods on every worker, in the description's terms. */
export interface KubeletReservationArgs {
  /** CPUs for the operating system, Portworx and the kubelet, e.g. `0-7` (RA, Ubuntu layer). */
  readonly reservedCores: string;
  /** Memory for the operating system and Portworx, MiB (systemReserved). */
  readonly systemReservedMebibytes: number;
  /** Memory for kubelet and container runtime, MiB (kubeReserved). */
  readonly kubeReservedMebibytes: number;
  /** Free memory below which pods are evicted, MiB (evictionHard memory.available). */
  readonly evictionHardMebibytes: number;
  /** How much of the sum each NUMA node holds, MiB by node number; absent = all on node 0. */
  readonly numaMemoryMebibytes?: readonly number[];
}

/** What the reservations come to. */
export interface KubeletReservations {
  /** The reserved CPU numbers. */
  readonly reservedCores: readonly number[];
  /** System, kube and eviction memory together, MiB: the sum that `reservedMemory` must equal exactly, or the kubelet exits. */
  readonly memoryMebibytes: number;
  /** The kubelet's `reservedMemory`: one entry per NUMA node, MiB; the sum is `memoryMebibytes` unless the description's split is wrong. */
  readonly numaMemory: readonly { readonly numaNode: number; readonly mebibytes: number }[];
  /** MiB by which the description's split differs from the sum; 0 when it adds up. */
  readonly numaDifferenceMebibytes: number;
}

/** Adds up the kubelet's reservations (the static memory manager compares them to the last byte). */
export function kubeletReservations(args: KubeletReservationArgs): KubeletReservations {
  const memoryMebibytes = args.systemReservedMebibytes + args.kubeReservedMebibytes + args.evictionHardMebibytes;
  const split = args.numaMemoryMebibytes ?? [memoryMebibytes];
  const numaMemory = split
    .map((mebibytes, numaNode) => ({ numaNode, mebibytes }))
    .filter(({ mebibytes }) => mebibytes > 0);
  return {
    reservedCores: parseCpuSet(args.reservedCores),
    memoryMebibytes,
    numaMemory,
    numaDifferenceMebibytes: split.reduce((sum, mebibytes) => sum + mebibytes, 0) - memoryMebibytes,
  };
}

/** What a machine has left for pods. Cores or memory may come out as 0 or less: the machine is too small then. */
export function allocatableHardware(machine: Hardware, reservations: KubeletReservations): Hardware {
  return {
    cpuCores: machine.cpuCores - reservations.reservedCores.filter((core) => core < machine.cpuCores).length,
    memoryMebibytes: machine.memoryMebibytes - reservations.memoryMebibytes,
  };
}
