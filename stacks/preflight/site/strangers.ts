import { MachineStatus } from "../../../providers/maas/machine-state/status";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { unmark } from "../../../providers/maas/marker";
import { machinePools } from "../../derived/machine-pools";
import type { Datacenter } from "../../description/datacenter";
import type { HostGroup } from "../../description/hosts";
import type { Hit } from "../rule";
import type { MaasFacts } from "../site-facts";
import { maasRule } from "./machines";
import { locatedHosts } from "./matched-hosts";

/** Statuses of machines that are, or are about to be, nodes. */
const NODES: readonly number[] = [MachineStatus.Allocated, MachineStatus.Deploying, MachineStatus.Deployed];

function inPoolOf({ resourcePool, tags }: HostGroup, machine: MachineFacts): boolean {
  return machine.pool === resourcePool && tags.every((tag) => machine.tags.includes(tag));
}

/**
 * Machines in the pool of a host group that no host describes. One that carries this datacenter's marker was described and leaves with this run
 * (SIT051 when it is in use).
 */
function strangers(datacenter: Datacenter, maas: MaasFacts, group: HostGroup): readonly MachineFacts[] {
  const described = new Set(locatedHosts(datacenter, maas).map(({ machine }) => machine.systemId));
  return maas.machines.filter(
    (machine) =>
      inPoolOf(group, machine) &&
      !described.has(machine.systemId) &&
      unmark(machine.description).datacenter !== datacenter.name,
  );
}

/** Whether the machine pools of a group want more nodes than there are: then Palette allocates during the run. */
function allocates({ cluster }: Datacenter, maas: MaasFacts, group: HostGroup): boolean {
  if (cluster === null) return false;
  const wanted = machinePools(cluster)
    .filter(({ pool }) => pool.hostGroup === group.name)
    .reduce((sum, { pool }) => sum + pool.size, 0);
  const nodes = maas.machines.filter((machine) => inPoolOf(group, machine) && NODES.includes(machine.status));
  return nodes.length < wanted;
}

function hits(datacenter: Datacenter, maas: MaasFacts, allocating: boolean): Hit[] {
  return datacenter.hostGroups
    .filter((group) => allocates(datacenter, maas, group) === allocating)
    .flatMap((group) =>
      strangers(datacenter, maas, group).map(({ hostname, systemId, statusName }): Hit => ({
        path: `hosts.${group.name}.resourcePool`,
        host: hostname,
        message: `${hostname} (${systemId}, ${statusName}) is in the resource pool "${group.resourcePool}" but not described: Palette would take it for the cluster`,
        fix: "Describe it, or move it to another resource pool in MAAS.",
      })),
    );
}

/** Palette takes any machine of a pool that has the hardware and the tags. */
export const poolsOurs = maasRule(
  {
    code: "SIT004",
    severity: "error",
    rule: "Every machine in a resource pool from which nodes are about to be allocated is described.",
  },
  (datacenter, maas) => hits(datacenter, maas, true),
);

/** The same while the pool has all its nodes: the next repair or repave would take it. */
export const poolsStayOurs = maasRule(
  { code: "SIT050", severity: "warning", rule: "Every machine in a host group's resource pool is described." },
  (datacenter, maas) => hits(datacenter, maas, false),
);
