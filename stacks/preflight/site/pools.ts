import { MachineStatus } from "../../../providers/maas/machine-state/status";
import { type HostState, holdCodes, hostStates } from "../../derived/host-holds";
import { machinePools } from "../../derived/machine-pools";
import { workerCount } from "../../derived/node-count";
import type { MachinePool } from "../../description/cluster";
import type { Datacenter } from "../../description/datacenter";
import { controlPlaneSize } from "../../sizing/control-plane";
import type { Hit } from "../rule";
import type { MaasFacts } from "../site-facts";
import { maasRule } from "./machines";
import { foundHosts } from "./matched-hosts";

/** Statuses in which a machine can be, or already is, a node. */
const AVAILABLE: readonly number[] = [
  MachineStatus.Ready,
  MachineStatus.Allocated,
  MachineStatus.Deploying,
  MachineStatus.Deployed,
];

/** Statuses of machines that are nodes, also while someone has locked them. */
const NODES: readonly number[] = [MachineStatus.Allocated, MachineStatus.Deploying, MachineStatus.Deployed];

/** Whether a host counts for the size of its machine pool. One out of service never does, whatever its machine does. */
function counts({ machine, hold }: HostState): boolean {
  if (machine === undefined) return false;
  if (hold === null) return AVAILABLE.includes(machine.status);
  return hold.code === holdCodes.locked && NODES.includes(machine.status);
}

function whyNot({ host, machine, hold }: HostState): string {
  if (hold?.code === holdCodes.outOfService) return `${host.name} is out of service`;
  if (machine === undefined) return `${host.name} is not found in MAAS`;
  return `${host.name} is ${machine.locked ? "locked" : machine.statusName}`;
}

function machinesOf(datacenter: Datacenter, maas: MaasFacts, pool: MachinePool) {
  return foundHosts(datacenter, maas).filter(({ host }) => host.group === pool.hostGroup);
}

/** Palette asks MAAS by these numbers: a smaller machine is never taken, and the pool waits in silence. */
export const hardwareSuffices = maasRule(
  {
    code: "SIT010",
    severity: "error",
    rule: "Every described host has the least hardware by which its machine pool chooses.",
  },
  (datacenter, maas) => {
    if (datacenter.cluster === null) return [];
    return machinePools(datacenter.cluster).flatMap(({ pool, path }) =>
      machinesOf(datacenter, maas, pool).flatMap(({ host, machine }): Hit[] => {
        const { cpuCores, memoryMebibytes, diskGigabytes } = pool.minimum;
        const largest = Math.max(
          0,
          ...machine.disks.filter(({ type }) => type === "physical").map(({ sizeBytes }) => sizeBytes),
        );
        const lacks = [
          ...(machine.cpuCount < cpuCores ? [`${machine.cpuCount} cores of ${cpuCores}`] : []),
          ...(machine.memoryMebibytes < memoryMebibytes
            ? [`${machine.memoryMebibytes} MiB of memory of ${memoryMebibytes}`]
            : []),
          ...(largest < diskGigabytes * 1e9 ? [`${Math.floor(largest / 1e9)} GB of disk of ${diskGigabytes}`] : []),
        ];
        if (lacks.length === 0) return [];
        return [
          {
            path: host.path,
            message: `${host.name} has ${lacks.join(", ")}: Palette would never choose it for the pool "${pool.name}" (${path}.minimum)`,
            fix: "Take it out of the host group, or lower the pool's minimum.",
          },
        ];
      }),
    );
  },
);

/** RA, Hardware resources, second table: on the machines as they are. */
export const controlPlaneMachines = maasRule(
  {
    code: "SIT011",
    severity: "warning",
    rule: "Control plane machines have the hardware of the RA's table for the number of workers and namespaces.",
  },
  (datacenter, maas) => {
    const { cluster } = datacenter;
    const size = cluster === null ? undefined : controlPlaneSize(workerCount(cluster), cluster.namespaces);
    if (cluster === null || size === undefined) return [];
    return machinesOf(datacenter, maas, cluster.controlPlane)
      .filter(({ machine }) => machine.cpuCount < size.cpuCores || machine.memoryMebibytes < size.memoryMebibytes)
      .map(({ host, machine }) => ({
        path: host.path,
        message: `${host.name} has ${machine.cpuCount} cores and ${machine.memoryMebibytes} MiB; the RA's table asks for ${size.cpuCores} cores and ${size.memoryMebibytes} MiB with ${workerCount(cluster)} workers and ${cluster.namespaces} namespaces`,
        fix: "Use larger machines for the control plane.",
      }));
  },
);

/** Otherwise the cluster stays Provisioning for ever, and Palette does not say why. */
export const poolsFilled = maasRule(
  {
    code: "SIT012",
    severity: "error",
    rule: "As many hosts of a group can be, or are, nodes as its machine pools have.",
  },
  (datacenter, maas) => {
    const { cluster } = datacenter;
    if (cluster === null) return [];
    return datacenter.hostGroups.flatMap((group): Hit[] => {
      const pools = machinePools(cluster).filter(({ pool }) => pool.hostGroup === group.name);
      const [first] = pools;
      if (first === undefined) return [];
      const needed = pools.reduce((sum, { pool }) => sum + pool.size, 0);
      const states = hostStates(datacenter, maas.machines).filter(({ host }) => host.group === group.name);
      const available = states.filter(counts);
      if (available.length >= needed) return [];
      const others = states
        .filter((state) => !counts(state))
        .map(whyNot)
        .join(", ");
      return [
        {
          path: `${first.path}.size`,
          message: `${needed} machines are needed of the resource pool "${group.resourcePool}", but ${available.length} of ${group.hosts.length} described hosts can be used${others === "" ? "" : `: ${others}`}`,
          fix: "Bring machines to Ready in MAAS, describe more hosts, or make the pool smaller.",
        },
      ];
    });
  },
);
