import { MaasError } from "../maas/client";
import type { Form } from "../maas/client";
import { MAAS_STATUS, maasMachineSchema, maasMachinesSchema } from "../maas/machine";
import type { MaasMachine } from "../maas/machine";
import type { Machine, MachinePoolSpec } from "../model/machine-pool";
import { isLeaving } from "./pool-plan";
import type { Round } from "./round";
import { LIFE_SECONDS } from "./timing";

/**
 * Gets a MAAS machine for a slot: by resource pool, zone, least CPUs and memory, and tags. That MAAS is being asked is
 * written down first, so that a restart between its answer and ours finds the machine instead of taking another.
 * @throws MaasError when MAAS cannot be asked at all.
 */
export async function allocate(round: Round, machine: Machine, pool: MachinePoolSpec): Promise<void> {
  round.move(machine, "allocating");
  const problems: string[] = [];
  for (const zone of zonesByNeed(round, pool)) {
    try {
      const answer = await round.maas.post("/machines/", "allocate", constraints(machine, pool, zone));
      take(round, machine, maasMachineSchema.parse(answer));
      return;
    } catch (error) {
      if (!(error instanceof MaasError) || ![400, 404, 409].includes(error.status)) {
        round.move(machine, "waiting");
        throw error;
      }
      problems.push(error.message);
    }
  }
  machine.problem = `no machine for ${describe(pool)}: ${[...new Set(problems)].join("; ")}`;
  machine.retryAt = round.now + round.palette.clock.milliseconds(LIFE_SECONDS.retry);
  round.move(machine, "waiting");
  round.event("MachineAllocationFailed", machine.problem, true);
}

/**
 * After a restart: a slot for which MAAS was being asked gets the machine that MAAS allocated in its name (the agent name) and
 * no slot holds; when there is none, MAAS is asked anew.
 */
export async function recoverAllocation(round: Round, machine: Machine, pool: MachinePoolSpec): Promise<void> {
  const held = new Set(
    round.palette.state.clusters.flatMap((cluster) => cluster.machines).map((each) => each.systemId),
  );
  const candidates = maasMachinesSchema.parse(await round.maas.get("/machines/", { agent_name: machine.uid }));
  // Looked at again here: a MAAS that does not know the filter answers all machines.
  const orphan = candidates.find(
    (each) =>
      each.status === MAAS_STATUS.allocated &&
      !held.has(each.system_id) &&
      (pool.resourcePool === "" || each.pool.name === pool.resourcePool) &&
      (!pool.azs?.length || pool.azs.includes(each.zone.name)),
  );
  if (orphan) take(round, machine, orphan);
  else round.move(machine, "waiting");
}

function take(round: Round, machine: Machine, found: MaasMachine): void {
  machine.systemId = found.system_id;
  machine.hostname = found.hostname;
  machine.zone = found.zone.name;
  machine.cpuCount = found.cpu_count;
  machine.memoryMebibytes = found.memory;
  machine.problem = "";
  round.move(machine, "allocated");
  round.event("MachineAllocated", `Machine ${found.hostname} was allocated for pool '${machine.poolName}'`);
}

function constraints(machine: Machine, pool: MachinePoolSpec, zone: string | undefined): Form {
  return {
    zone,
    pool: pool.resourcePool || undefined,
    cpu_count: pool.instanceType.minCPU || undefined,
    mem: pool.instanceType.minMemInMB || undefined,
    tags: pool.tags,
    agent_name: machine.uid,
  };
}

// The zones of a pool, the one with the fewest of its machines first; undefined: any.
function zonesByNeed(round: Round, pool: MachinePoolSpec): (string | undefined)[] {
  if (!pool.azs?.length) return [undefined];
  const count = (zone: string): number =>
    round.cluster.machines.filter((each) => each.poolName === pool.name && each.zone === zone && !isLeaving(each))
      .length;
  return [...pool.azs].sort().sort((one, other) => count(one) - count(other));
}

function describe(pool: MachinePoolSpec): string {
  const { minCPU, minMemInMB } = pool.instanceType;
  const wants = [
    `resource pool '${pool.resourcePool || "any"}'`,
    ...(pool.azs?.length ? [`zones ${pool.azs.join(", ")}`] : []),
    ...(minCPU ? [`at least ${minCPU} CPUs`] : []),
    ...(minMemInMB ? [`at least ${minMemInMB} MB memory`] : []),
    ...(pool.tags?.length ? [`tags ${pool.tags.join(", ")}`] : []),
  ];
  return `machine pool '${pool.name}' (${wants.join("; ")})`;
}
