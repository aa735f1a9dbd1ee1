import { plannedCapacity } from "../../derived/planned-capacity";
import type { DescriptionRule } from "../rule";

/** RA, Solution Sizing. */
export const plannedMachinesFit: DescriptionRule = {
  code: "CLU015",
  severity: "warning",
  rule: "The planned virtual machines fit on the workers (CPU 10:1, memory, pods, 235 per node).",
  check: (datacenter) => {
    const capacity = plannedCapacity(datacenter);
    if (capacity === null || capacity.planned <= capacity.virtualMachines) return [];
    return [
      {
        path: "virtualization.plannedVirtualMachines",
        message: `${capacity.planned} virtual machines are planned, but ${capacity.virtualMachines} of this mix fit on ${capacity.workers} workers of the least hardware that may be chosen; what runs out first is: ${capacity.bound}`,
        fix: "Add workers, raise their minimum hardware if the machines have more, or plan fewer.",
      },
    ];
  },
};

/** RA, Solution Sizing: 12,500 virtual machines on 63 nodes, a good balance between density and blast radius. */
export const plannedMachinesRecommended: DescriptionRule = {
  code: "CLU016",
  severity: "warning",
  rule: "The planned virtual machines are within what the RA recommends (12,500 on 63 nodes).",
  check: (datacenter) => {
    const capacity = plannedCapacity(datacenter);
    if (capacity === null || capacity.planned <= capacity.recommended) return [];
    return [
      {
        path: "virtualization.plannedVirtualMachines",
        message: `${capacity.planned} virtual machines are planned; the RA recommends at most ${capacity.recommended} for this number of nodes`,
        fix: "Add workers, or plan a second cluster.",
      },
    ];
  },
};
