import { z } from "zod";
import { optional, text } from "../../dynamic/fields";
import { type MachineState, MachineStatus } from "./status";

/**
 * Why a machine is left out of a run. The resources of a held machine stay registered, so that the shape of the graph never depends on what was
 * observed; nothing of the machine is written, and no difference is reported.
 */
export interface Hold {
  /** Code of the finding that says what to do, or `outOfService` where the description itself leaves the machine out. */
  readonly code: string;
  /** In words: `worker-4 is Broken`. */
  readonly reason: string;
}

/** The input `hold` of every resource of a machine. Default: null, the machine is handled. */
export const holdField: z.ZodType<Hold | null> = optional(
  z.strictObject({ code: text("the code of a finding"), reason: text("the reason in words") }),
);

/** Statuses that only an operator (or a commissioning that is under way) ends. */
const heldStatuses: readonly number[] = [
  MachineStatus.New,
  MachineStatus.Commissioning,
  MachineStatus.FailedCommissioning,
  MachineStatus.Testing,
  MachineStatus.FailedTesting,
  MachineStatus.Missing,
  MachineStatus.Retired,
  MachineStatus.Broken,
  MachineStatus.FailedDeployment,
  MachineStatus.ReleasingFailed,
  MachineStatus.FailedDiskErasing,
  MachineStatus.RescueMode,
  MachineStatus.EnteringRescueMode,
  MachineStatus.FailedToEnterRescueMode,
  MachineStatus.ExitingRescueMode,
  MachineStatus.FailedToExitRescueMode,
];

/**
 * Whether a machine's status says that it can neither be configured nor compared now. Releasing and erasing are none of these: MAAS ends them by
 * itself, and a run waits for that.
 */
export function hasHeldStatus(machine: Pick<MachineState, "status">): boolean {
  return heldStatuses.includes(machine.status);
}

const placeholderPrefix = "held-";

/**
 * The id of a resource that was registered while its machine was held: nothing exists behind it. MAAS's system ids have no dash.
 *
 * @param machine system id of the machine, or what it is found by
 */
export function placeholderId(machine: string): string {
  return isPlaceholder(machine) ? machine : `${placeholderPrefix}${machine}`;
}

/** Whether an id is one of {@link placeholderId}. */
export function isPlaceholder(id: string): boolean {
  return id.startsWith(placeholderPrefix);
}
