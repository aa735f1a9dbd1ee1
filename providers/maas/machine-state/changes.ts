import { z } from "zod";
import { MachineStatus, type MachineState, type Part, possibility } from "./status";

/**
 * When a change of a machine's network or storage layout is applied: `now`; `afterMaas`, once MAAS has finished with the machine
 * (releasing, erasing, commissioning); `onRepave`, once whoever uses the machine has released it; `never`, before an operator has
 * repaired the machine; `unknown`, while MAAS cannot be asked.
 */
export type When = "now" | "afterMaas" | "onRepave" | "never" | "unknown";

/** When a change is applied, and why: the informative input `changes`, which a preview shows beside the change. */
export interface Changes {
  readonly when: When;
  /** The machine and its state, e.g. `worker-1 is Deployed`; empty for `now`. */
  readonly reason: string;
}

/** The schema of {@link Changes}. */
export const changesSchema: z.ZodType<Changes> = z.strictObject({
  when: z.enum(["now", "afterMaas", "onRepave", "never", "unknown"]),
  reason: z.string(),
});

/** The parts of an observed machine that decide when a change of it is applied. */
export interface KnownMachine extends MachineState {
  readonly hostname: string;
  readonly statusName: string;
}

/**
 * When a change of a machine's network or storage layout is applied.
 *
 * @param machine undefined when MAAS could not be asked
 */
export function changesOf(machine: KnownMachine | undefined, part: Part): Changes {
  if (machine === undefined) return { when: "unknown", reason: "MAAS could not be asked" };
  const reason = `${machine.hostname} is ${machine.locked ? "locked" : machine.statusName}`;
  switch (possibility(machine, part)) {
    case "edit":
      return { when: "now", reason: "" };
    case "wait":
      return { when: "afterMaas", reason };
    case "stuck":
      return { when: "never", reason };
    case "pending":
      return { when: "onRepave", reason };
  }
}

/**
 * The `changes` of a machine that was just read; null where the program passes none.
 *
 * @param recorded the value in state; text in a state written before version 0.2
 */
export function presentChanges(
  recorded: unknown,
  machine: MachineState & { readonly hostname: string; readonly status_name: string },
  part: Part,
): Changes | null {
  return recorded === null || recorded === undefined
    ? null
    : changesOf({ ...machine, statusName: machine.status_name }, part);
}

/** Whether a change that was recorded as pending can be applied now, or once MAAS has finished with the machine. */
export function canApply(changes: Changes | null): boolean {
  return changes?.when === "now" || changes?.when === "afterMaas";
}

const words: Readonly<Record<When, string>> = {
  now: "applied at once",
  afterMaas: "applied at once when MAAS is done",
  onRepave: "pending until repave",
  never: "not possible",
  unknown: "not known",
};

/** For display: `pending until repave: worker-1 is Deployed`. */
export function formatChanges({ when, reason }: Changes): string {
  return reason === "" ? words[when] : `${words[when]}: ${reason}`;
}

/**
 * Reads `changes` out of a resource's recorded inputs; undefined when it holds none. Versions before 0.2 recorded the text that
 * {@link formatChanges} displays.
 */
export function readChanges(recorded: unknown): Changes | undefined {
  const typed = changesSchema.safeParse(recorded);
  if (typed.success) return typed.data;
  if (typeof recorded !== "string") return undefined;
  const separator = recorded.indexOf(": ");
  const [start, reason] =
    separator < 0 ? [recorded, ""] : [recorded.slice(0, separator), recorded.slice(separator + 2)];
  const when = (Object.keys(words) as When[]).find((key) => words[key] === start);
  return { when: when ?? "onRepave", reason };
}

/** Whether an operating system is, or is being, installed on a machine. */
export function isDeployed(machine: Pick<MachineState, "status">): boolean {
  return machine.status === MachineStatus.Deployed || machine.status === MachineStatus.Deploying;
}
