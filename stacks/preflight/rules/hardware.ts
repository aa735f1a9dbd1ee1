import { workerCount } from "../../derived/node-count";
import { CONTROL_PLANE_SIZES, controlPlaneSize } from "../../sizing/control-plane";
import { WORKER_MINIMUM } from "../../sizing/worker";
import { parseCpuSet } from "../../sizing/cpu-set";
import { allocatableHardware, kubeletReservations } from "../../sizing/kubelet-reservations";
import { maximumPodsOfSlice, NODE_POD_PREFIX, RECOMMENDED_MAXIMUM_PODS } from "../../sizing/pod-capacity";
import type { DescriptionRule, Hit } from "../rule";

/** RA, Hardware resources, second table. */
export const controlPlaneHardware: DescriptionRule = {
  code: "CLU010",
  severity: "warning",
  rule: "Control plane machines are asked for with the hardware of the RA's table for the number of workers and namespaces.",
  check: ({ cluster }) => {
    if (cluster === null) return [];
    const workers = workerCount(cluster);
    const size = controlPlaneSize(workers, cluster.namespaces);
    const { minimum } = cluster.controlPlane;
    if (size === undefined) {
      const largest = CONTROL_PLANE_SIZES.at(-1);
      return [
        {
          path: "cluster.namespaces",
          message: `${workers} workers with ${cluster.namespaces} namespaces are beyond the RA's table, which ends at ${largest?.workers} and ${largest?.namespaces}`,
          fix: "Split the datacenter into several clusters.",
        },
      ];
    }
    if (minimum.cpuCores >= size.cpuCores && minimum.memoryMebibytes >= size.memoryMebibytes) return [];
    return [
      {
        path: "cluster.controlPlane.minimum",
        message: `${minimum.cpuCores} cores and ${minimum.memoryMebibytes / 1024} GB are less than the ${size.cpuCores} cores and ${size.memoryMebibytes / 1024} GB of the RA's table for ${workers} workers and ${cluster.namespaces} namespaces`,
        fix: "Leave minimum out to ask for what the table says.",
      },
    ];
  },
};

/** RA, Hardware resources, first table. */
export const workerHardware: DescriptionRule = {
  code: "CLU011",
  severity: "warning",
  rule: "Workers are asked for with 8 cores and 24 GB or more.",
  check: ({ cluster }) =>
    (cluster?.workers ?? []).flatMap(({ minimum }, index): Hit[] =>
      minimum.cpuCores >= WORKER_MINIMUM.cpuCores && minimum.memoryMebibytes >= WORKER_MINIMUM.memoryMebibytes
        ? []
        : [
            {
              path: `cluster.workers[${index}].minimum`,
              message: `${minimum.cpuCores} cores and ${minimum.memoryMebibytes / 1024} GB are less than the RA's minimum of ${WORKER_MINIMUM.cpuCores} cores and ${WORKER_MINIMUM.memoryMebibytes / 1024} GB`,
              fix: "Leave minimum out, or ask for more.",
            },
          ],
    ),
};

/** With cores 0-7 reserved an 8-core worker has no core for a pod, and the kubelet's static policy does not start. */
export const reservedCores: DescriptionRule = {
  code: "CLU012",
  severity: "error",
  rule: "The smallest worker that may be chosen has cores beside the reserved ones, and all reserved ones.",
  check: ({ cluster }) => {
    if (cluster === null) return [];
    const reserved = parseCpuSet(cluster.kubelet.reservedCores);
    return cluster.workers.flatMap(({ minimum, name }): Hit[] => {
      const { cpuCores } = minimum;
      const highest = reserved.at(-1) ?? 0;
      if (highest < cpuCores && reserved.length < cpuCores) return [];
      const reason = highest >= cpuCores ? `CPU ${highest} does not exist there` : "none is left for pods";
      return [
        {
          path: "cluster.kubelet.reservedCores",
          message: `"${cluster.kubelet.reservedCores}" on a worker of "${name}" with ${cpuCores} cores, the least that may be chosen: ${reason}, and the kubelet would not start`,
          fix: "Reserve fewer cores (0-1 on 8-core machines), or raise the pool's minimum.cpuCores.",
        },
      ];
    });
  },
};

/** The static memory manager compares the sums exactly. */
export const reservedMemory: DescriptionRule = {
  code: "CLU013",
  severity: "error",
  rule: "The kubelet's memory reservations add up over the NUMA nodes, are above zero, and leave a third of the smallest worker's memory or more.",
  check: ({ cluster }) => {
    if (cluster === null) return [];
    const reservations = kubeletReservations(cluster.kubelet);
    const hits: Hit[] = [];
    if (reservations.memoryMebibytes === 0)
      hits.push({
        path: "cluster.kubelet.systemReservedMebibytes",
        message: "no memory is reserved at all, which the static memory manager refuses",
        fix: "Leave the RA's values.",
      });
    if (reservations.numaDifferenceMebibytes !== 0)
      hits.push({
        path: "cluster.kubelet.numaMemoryMebibytes",
        message: `the parts come to ${reservations.memoryMebibytes + reservations.numaDifferenceMebibytes} MiB, but system, kube and eviction memory to ${reservations.memoryMebibytes} MiB: the kubelet would not start`,
        fix: "Make the parts add up to that sum exactly.",
      });
    const small = cluster.workers.filter(
      ({ minimum }) => allocatableHardware(minimum, reservations).memoryMebibytes * 3 < minimum.memoryMebibytes,
    );
    return [
      ...hits,
      ...small.map(({ name, minimum }) => ({
        path: "cluster.kubelet.systemReservedMebibytes",
        message: `${reservations.memoryMebibytes} MiB reserved leave less than a third of the ${minimum.memoryMebibytes} MiB of the smallest worker of "${name}"`,
        fix: "Reserve less, or raise the pool's minimum.memoryGigabytes.",
      })),
    ];
  },
};

/** RA: 250; a node's /24 has no more addresses. */
export const maximumPods: DescriptionRule = {
  code: "CLU014",
  severity: "error",
  rule: `The kubelet's maxPods is at most ${RECOMMENDED_MAXIMUM_PODS} and fits a node's /${NODE_POD_PREFIX}.`,
  check: ({ cluster }) => {
    const limit = Math.min(RECOMMENDED_MAXIMUM_PODS, maximumPodsOfSlice());
    return cluster === null || cluster.kubelet.maxPods <= limit
      ? []
      : [
          {
            path: "cluster.kubelet.maxPods",
            message: `is ${cluster.kubelet.maxPods}: a node has a /${NODE_POD_PREFIX} of pod addresses, and some of them are taken`,
            fix: `Write ${limit}.`,
          },
        ];
  },
};
