import { MachineStatus, type MachineState, type Part, possibility } from "./status";

/** Begins the text for a machine that is changed at once. */
export const appliedAtOnce = "applied at once";

/** Begins the text for a machine that is deployed: its changes are made when it is released. */
export const pendingUntilRepave = "pending until repave";

/** A machine as the look-ups know it; what these texts need of it. */
export interface KnownMachine extends MachineState {
  readonly hostname: string;
  readonly statusName: string;
}

/**
 * When a change of a machine's network or storage layout is made, in words: the informative input `changes`, which a preview shows
 * beside the change. Without the machine (a preview that could not ask MAAS) it says so.
 */
export function changesText(machine: KnownMachine | undefined, part: Part): string {
  if (machine === undefined) return "not known: MAAS could not be asked";
  const what = `${machine.hostname} is ${machine.locked ? "locked" : machine.statusName}`;
  switch (possibility(machine, part)) {
    case "edit":
      return appliedAtOnce;
    case "wait":
      return `${appliedAtOnce} when MAAS is done: ${what}`;
    case "stuck":
      return `not possible: ${what}`;
    case "pending":
      return `${isDeployed(machine) ? pendingUntilRepave : "pending"}: ${what}`;
  }
}

/** The text as it is now for a machine that was read; none where the program says none. */
export function presentChanges(
  said: string | null | undefined,
  machine: MachineState & { readonly hostname: string; readonly status_name: string },
  part: Part,
): string | null {
  return said === null || said === undefined
    ? null
    : changesText({ ...machine, statusName: machine.status_name }, part);
}

/** Whether a `changes` text says that a change recorded as pending can be made now. */
export function canApply(changes: string | null): boolean {
  return changes?.startsWith(appliedAtOnce) === true;
}

function isDeployed(machine: MachineState): boolean {
  return machine.status === MachineStatus.Deployed || machine.status === MachineStatus.Deploying;
}
