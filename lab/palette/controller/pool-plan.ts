import type { Machine, UpdateStrategy } from "../model/machine-pool";

/** What a pool needs next. */
export interface PoolPlan {
  /** How many machines to add. */
  add: number;
  /** Uids of the machines to take out. */
  remove: string[];
}

/** A pool as it is to be, for planning. */
export interface WantedPool {
  size: number;
  strategy: UpdateStrategy;
  /** What its nodes are to be made from. */
  templateDigest: string;
  /** Whether a node may be replaced now. */
  mayReplace: boolean;
}

type PlannedMachine = Pick<Machine, "uid" | "phase" | "templateDigest" | "createdAt">;

/**
 * The next step of a pool towards its size and template. Nodes of another template are replaced one after another: scale-out
 * adds before it takes out, scale-in the other way round; machines that no node was made of yet are replaced at once.
 * Pure: the same pool gives the same plan.
 */
export function planPool(pool: WantedPool, machines: readonly PlannedMachine[]): PoolPlan {
  const staying = machines.filter((machine) => !isLeaving(machine));
  const current = staying.filter((machine) => machine.templateDigest === pool.templateDigest);
  const outdated = staying.filter((machine) => machine.templateDigest !== pool.templateDigest);
  const { surge, unavailable } = limits(pool.strategy, pool.size);

  const unused = outdated.filter((machine) => machine.phase === "waiting");
  if (unused.length > 0) return { add: 0, remove: unused.map((machine) => machine.uid) };

  const excess = Math.max(0, staying.length - pool.size);
  const remove =
    outdated.length === 0
      ? leastNeeded(current).slice(0, excess)
      : replaceable(pool, staying, outdated, excess, unavailable);
  const most = pool.size + (outdated.length > 0 && pool.mayReplace ? surge : 0);
  const add = remove.length > 0 ? 0 : Math.min(most - machines.length, pool.size - current.length);
  return { add: Math.max(0, add), remove: remove.map((machine) => machine.uid) };
}

/** Whether a machine is on its way out. */
export function isLeaving(machine: Pick<Machine, "phase">): boolean {
  return machine.phase === "draining" || machine.phase === "releasing";
}

/** How many nodes more than its size a pool may have while it is replaced, and how many fewer. */
export function limits(strategy: UpdateStrategy, size: number): { surge: number; unavailable: number } {
  if (strategy.type === "RollingUpdateScaleIn") return { surge: 0, unavailable: 1 };
  if (strategy.type === "RollingUpdateScaleOut") return { surge: 1, unavailable: 0 };
  return {
    surge: amount(strategy.maxSurge, size, Math.ceil),
    unavailable: amount(strategy.maxUnavailable, size, Math.floor),
  };
}

function amount(text: string | undefined, size: number, round: (value: number) => number): number {
  if (!text) return 0;
  return text.endsWith("%") ? round((Number(text.slice(0, -1)) * size) / 100) : Number(text);
}

function replaceable(
  pool: WantedPool,
  staying: readonly PlannedMachine[],
  outdated: readonly PlannedMachine[],
  excess: number,
  unavailable: number,
): PlannedMachine[] {
  const running = staying.filter((machine) => machine.phase === "running").length;
  const spared = running - (pool.size - unavailable);
  // A pool that was made smaller loses its old nodes first, replacement or not.
  const most = pool.mayReplace ? Math.max(0, spared) : Math.min(excess, Math.max(0, running - pool.size));
  const notRunning = outdated.filter((machine) => machine.phase !== "running");
  const oldest = outdated
    .filter((machine) => machine.phase === "running")
    .sort((one, other) => one.createdAt - other.createdAt);
  return [...(pool.mayReplace ? notRunning : []), ...oldest.slice(0, most)];
}

// Those without a node first, then the youngest.
function leastNeeded(machines: readonly PlannedMachine[]): PlannedMachine[] {
  const weight = (machine: PlannedMachine): number => (machine.phase === "running" ? 1 : 0);
  return [...machines].sort((one, other) => weight(one) - weight(other) || other.createdAt - one.createdAt);
}
