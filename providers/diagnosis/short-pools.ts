/** A machine of MAAS as far as an allocation looks at it. */
export interface AllocatableMachine {
  hostname: string;
  /** MAAS's name of its status, e.g. `Ready`. */
  status: string;
  resourcePool: string;
  zone: string;
  cpuCores: number;
  memoryMebibytes: number;
  tags: readonly string[];
  /** A locked machine is not allocated. */
  locked: boolean;
}

/** What a machine pool of Palette asks MAAS for. */
export interface PoolRequest {
  /** Name of the pool in Palette. */
  name: string;
  /** Machines that it still has to get. */
  missing: number;
  resourcePool: string;
  zones: readonly string[];
  minimumCpuCores: number;
  minimumMemoryMebibytes: number;
  machineTags: readonly string[];
}

/** One thing that an allocation demands of a machine. */
interface Constraint {
  text: string;
  holds: (machine: AllocatableMachine) => boolean;
}

/**
 * Says for each pool that MAAS cannot fill which one it is, how many machines are Ready and how many are needed, and which constraint keeps
 * the others out. Pools of one resource pool compete for its machines: each is told what the ones before it leave. Pure.
 */
export function shortPoolFindings(pools: readonly PoolRequest[], machines: readonly AllocatableMachine[]): string[] {
  const taken = new Set<string>();
  return pools.flatMap((pool) => {
    const fitting = machines.filter((machine) => !taken.has(machine.hostname) && fits(pool, machine));
    for (const { hostname } of fitting.slice(0, pool.missing)) taken.add(hostname);
    return fitting.length >= pool.missing ? [] : [describe(pool, fitting.length, machines, taken)];
  });
}

function fits(pool: PoolRequest, machine: AllocatableMachine): boolean {
  return isInPool(pool, machine) && isFree(machine) && constraints(pool).every(({ holds }) => holds(machine));
}

function isInPool(pool: PoolRequest, machine: AllocatableMachine): boolean {
  return machine.resourcePool === pool.resourcePool;
}

function isFree(machine: AllocatableMachine): boolean {
  return machine.status === "Ready" && !machine.locked;
}

function constraints(pool: PoolRequest): Constraint[] {
  const { zones, minimumCpuCores, minimumMemoryMebibytes, machineTags } = pool;
  return [
    ...(zones.length === 0
      ? []
      : [{ text: `zone ${zones.join(" or ")}`, holds: ({ zone }: AllocatableMachine) => zones.includes(zone) }]),
    { text: `at least ${minimumCpuCores} CPU cores`, holds: ({ cpuCores }) => cpuCores >= minimumCpuCores },
    {
      text: `at least ${minimumMemoryMebibytes} MiB of memory`,
      holds: ({ memoryMebibytes }) => memoryMebibytes >= minimumMemoryMebibytes,
    },
    ...machineTags.map((tag) => ({ text: `tag ${tag}`, holds: ({ tags }: AllocatableMachine) => tags.includes(tag) })),
  ];
}

function describe(
  pool: PoolRequest,
  fitting: number,
  machines: readonly AllocatableMachine[],
  taken: ReadonlySet<string>,
): string {
  const members = machines.filter((machine) => isInPool(pool, machine));
  const free = members.filter((machine) => isFree(machine) && !taken.has(machine.hostname));
  const reasons = [
    ...constraints(pool).flatMap(({ text, holds }) =>
      named(
        `without ${text}`,
        free.filter((machine) => !holds(machine)),
      ),
    ),
    ...states(members),
  ];
  const why = members.length === 0 ? "MAAS has no machine in that pool" : reasons.join("; ") || "all others are in use";
  return (
    `machine pool "${pool.name}" needs ${count(pool.missing, "more machine")}, but MAAS resource pool "${pool.resourcePool}" has ` +
    `${fitting} Ready that ${fitting === 1 ? "fits" : "fit"}: ${why}. Add machines to that pool, make the pool smaller, or ask for less.`
  );
}

/** Machines that are not free, by status. */
function states(members: readonly AllocatableMachine[]): string[] {
  const groups = new Map<string, AllocatableMachine[]>();
  for (const machine of members.filter((item) => !isFree(item))) {
    const status = machine.locked ? "locked" : machine.status;
    groups.set(status, [...(groups.get(status) ?? []), machine]);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([status, found]) => `${found.length} ${status}`);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function named(what: string, machines: readonly AllocatableMachine[]): string[] {
  return machines.length === 0
    ? []
    : [
        `${machines
          .map(({ hostname }) => hostname)
          .sort()
          .join(", ")} ${what}`,
      ];
}
