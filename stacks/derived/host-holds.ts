import { type FoundMachine, findMachine } from "../../providers/maas/look-ups/find-machine";
import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { type Hold, hasHeldStatus } from "../../providers/maas/machine-state/hold";
import { MachineStatus, wayOut } from "../../providers/maas/machine-state/status";
import type { Datacenter } from "../description/datacenter";
import type { Host } from "../description/hosts";
import { allHosts } from "./all-hosts";

/** Codes of the reasons why a host is left out of a run; all but the last are findings of the preflight. */
export const holdCodes = {
  /** MAAS has no machine for the host, or several. */
  missing: "SIT001",
  /** The machine is broken, failed, new, being commissioned or tested, or in rescue mode. */
  unusable: "SIT005",
  locked: "SIT007",
  /** The description leaves it out by `outOfService: true`. */
  outOfService: "outOfService",
} as const;

/** Why a host is left out, and what the operator does about it. */
export interface HostHold extends Hold {
  readonly fix: string;
}

/** A described host, its machine if exactly one was found, and why it is left out of the run, if it is. */
export interface HostState {
  readonly host: Host;
  readonly machine: MachineFacts | undefined;
  readonly hold: HostHold | null;
}

/** Every described host as it was observed, in the order of the description. Pure. */
export function hostStates(
  datacenter: Pick<Datacenter, "hostGroups">,
  machines: readonly MachineFacts[],
): readonly HostState[] {
  return allHosts(datacenter).map((host) => {
    const found = findMachine(machines, host.find);
    return { host, machine: "machine" in found ? found.machine : undefined, hold: holdOf(host, found) };
  });
}

/** The hosts that are left out of the run, by name. */
export function hostHolds(
  datacenter: Pick<Datacenter, "hostGroups">,
  machines: readonly MachineFacts[],
): ReadonlyMap<string, HostHold> {
  return new Map(
    hostStates(datacenter, machines).flatMap(({ host, hold }) => (hold === null ? [] : [[host.name, hold]])),
  );
}

function holdOf(host: Host, found: FoundMachine<MachineFacts>): HostHold | null {
  const { name } = host;
  if (host.outOfService) {
    return {
      code: holdCodes.outOfService,
      reason: `${name} is out of service`,
      fix: "Take outOfService out of the description when it is back.",
    };
  }
  if ("problem" in found) {
    return {
      code: holdCodes.missing,
      reason: `${name}: ${found.problem}`,
      fix: "If it is being repaired, set outOfService: true.",
    };
  }
  const { machine } = found;
  if (hasHeldStatus(machine)) {
    const detail = machine.statusMessage === "" ? "" : ` ("${machine.statusMessage}")`;
    return {
      code: holdCodes.unusable,
      reason: `${name} is ${machine.statusName}${detail}`,
      fix: remedy(machine.status),
    };
  }
  if (!machine.locked) return null;
  return {
    code: holdCodes.locked,
    reason: `${name} (${machine.systemId}) is locked in MAAS: nothing of it can be changed, and Palette cannot release it`,
    fix: "Unlock it in MAAS when it is to be changed.",
  };
}

function remedy(status: number): string {
  switch (status) {
    case MachineStatus.Broken:
      return "Repair it and mark it fixed in MAAS.";
    case MachineStatus.FailedDeployment:
      return "Look at its installation log in MAAS, then release it.";
    case MachineStatus.Commissioning:
    case MachineStatus.Testing:
      return "Run up again when MAAS is done with it.";
    case MachineStatus.RescueMode:
    case MachineStatus.EnteringRescueMode:
    case MachineStatus.ExitingRescueMode:
      return "Exit the rescue mode in MAAS when the repair is done.";
    case MachineStatus.FailedToEnterRescueMode:
    case MachineStatus.FailedToExitRescueMode:
      return "Look at its events in MAAS, then release it.";
    default:
      return wayOut(status);
  }
}

/** One line for all hosts that are left out; undefined when there are none. Long lists end in a number. Pure. */
export function heldSummary(states: readonly HostState[]): string | undefined {
  const held = states.flatMap(({ host, machine, hold }) =>
    hold === null ? [] : [`${host.name} (${shortReason(hold, machine)})`],
  );
  if (held.length === 0) return undefined;
  const shown = held.slice(0, namedAtMost);
  const more = held.length - shown.length;
  const who = held.length === 1 ? "1 host is" : `${held.length} hosts are`;
  return (
    `${who} left out of this run, and nothing of ${held.length === 1 ? "it" : "them"} is compared or changed: ` +
    `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}. Everything else goes on.`
  );
}

const namedAtMost = 12;

function shortReason({ code }: HostHold, machine: MachineFacts | undefined): string {
  switch (code) {
    case holdCodes.outOfService:
      return "out of service";
    case holdCodes.locked:
      return "locked";
    case holdCodes.missing:
      return "not found in MAAS";
    default:
      return machine?.statusName ?? "not usable";
  }
}
