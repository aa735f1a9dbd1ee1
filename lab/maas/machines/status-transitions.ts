import { refusal } from "../server/refusal";
import type { MachineRecord } from "./model";
import { STATUS, statusName } from "./status";

type StatusName = keyof typeof STATUS;

/** Which statuses may follow which. */
const FOLLOWS: Record<StatusName, readonly StatusName[]> = {
  NEW: ["COMMISSIONING", "TESTING", "MISSING", "READY", "RETIRED", "BROKEN", "ENTERING_RESCUE_MODE"],
  COMMISSIONING: ["FAILED_COMMISSIONING", "READY", "RETIRED", "MISSING", "NEW", "BROKEN", "TESTING"],
  FAILED_COMMISSIONING: ["COMMISSIONING", "MISSING", "RETIRED", "BROKEN", "ENTERING_RESCUE_MODE", "TESTING"],
  MISSING: ["NEW", "READY", "ALLOCATED", "COMMISSIONING", "BROKEN", "ENTERING_RESCUE_MODE", "TESTING"],
  READY: ["ENTERING_RESCUE_MODE", "COMMISSIONING", "ALLOCATED", "RESERVED", "RETIRED", "MISSING", "BROKEN", "TESTING"],
  RESERVED: [
    "READY",
    "ALLOCATED",
    "RETIRED",
    "MISSING",
    "BROKEN",
    "DISK_ERASING",
    "RELEASING",
    "ENTERING_RESCUE_MODE",
    "TESTING",
  ],
  DEPLOYED: ["ALLOCATED", "MISSING", "BROKEN", "READY", "DISK_ERASING", "RELEASING", "ENTERING_RESCUE_MODE", "TESTING"],
  RETIRED: ["NEW", "READY", "MISSING", "BROKEN", "ENTERING_RESCUE_MODE", "TESTING"],
  BROKEN: ["COMMISSIONING", "READY", "DISK_ERASING", "RELEASING", "ENTERING_RESCUE_MODE", "TESTING", "DEPLOYED"],
  DEPLOYING: ["ALLOCATED", "MISSING", "BROKEN", "FAILED_DEPLOYMENT", "DEPLOYED", "READY", "DISK_ERASING", "RELEASING"],
  ALLOCATED: [
    "READY",
    "RETIRED",
    "MISSING",
    "BROKEN",
    "DEPLOYING",
    "DISK_ERASING",
    "RELEASING",
    "ENTERING_RESCUE_MODE",
    "TESTING",
  ],
  FAILED_DEPLOYMENT: [
    "ALLOCATED",
    "MISSING",
    "BROKEN",
    "READY",
    "DISK_ERASING",
    "RELEASING",
    "ENTERING_RESCUE_MODE",
    "TESTING",
  ],
  RELEASING: [
    "NEW",
    "ALLOCATED",
    "RESERVED",
    "DEPLOYED",
    "READY",
    "BROKEN",
    "MISSING",
    "FAILED_DEPLOYMENT",
    "FAILED_DISK_ERASING",
    "FAILED_RELEASING",
  ],
  FAILED_RELEASING: ["RELEASING", "DISK_ERASING", "READY", "BROKEN", "TESTING"],
  DISK_ERASING: ["BROKEN", "DISK_ERASING", "FAILED_DISK_ERASING", "READY", "RELEASING"],
  FAILED_DISK_ERASING: ["DISK_ERASING", "RELEASING", "BROKEN", "ALLOCATED", "READY", "ENTERING_RESCUE_MODE", "TESTING"],
  RESCUE_MODE: ["BROKEN", "EXITING_RESCUE_MODE", "TESTING"],
  ENTERING_RESCUE_MODE: [
    "READY",
    "BROKEN",
    "DEPLOYED",
    "RESCUE_MODE",
    "FAILED_ENTERING_RESCUE_MODE",
    "EXITING_RESCUE_MODE",
  ],
  FAILED_ENTERING_RESCUE_MODE: ["BROKEN", "ENTERING_RESCUE_MODE", "EXITING_RESCUE_MODE", "TESTING"],
  EXITING_RESCUE_MODE: [
    "NEW",
    "BROKEN",
    "FAILED_COMMISSIONING",
    "READY",
    "RESERVED",
    "ALLOCATED",
    "FAILED_DEPLOYMENT",
    "DEPLOYED",
    "MISSING",
    "RETIRED",
    "FAILED_RELEASING",
    "FAILED_DISK_ERASING",
    "RESCUE_MODE",
    "FAILED_ENTERING_RESCUE_MODE",
    "FAILED_EXITING_RESCUE_MODE",
    "FAILED_TESTING",
  ],
  FAILED_EXITING_RESCUE_MODE: ["BROKEN", "EXITING_RESCUE_MODE", "TESTING"],
  TESTING: [
    "BROKEN",
    "NEW",
    "READY",
    "RESERVED",
    "ALLOCATED",
    "DEPLOYED",
    "COMMISSIONING",
    "FAILED_DEPLOYMENT",
    "MISSING",
    "RETIRED",
    "FAILED_RELEASING",
    "FAILED_DISK_ERASING",
    "FAILED_ENTERING_RESCUE_MODE",
    "FAILED_EXITING_RESCUE_MODE",
    "FAILED_TESTING",
  ],
  FAILED_TESTING: ["COMMISSIONING", "BROKEN", "MISSING", "ENTERING_RESCUE_MODE", "TESTING", "READY", "DEPLOYED"],
};

const NAME_OF = new Map(Object.entries(STATUS).map(([name, number]) => [number as number, name as StatusName]));

/** Statuses that are only passed through: the status before them is what a machine goes back to. */
const PASSING: ReadonlySet<number> = new Set([
  STATUS.RESCUE_MODE,
  STATUS.ENTERING_RESCUE_MODE,
  STATUS.FAILED_ENTERING_RESCUE_MODE,
  STATUS.EXITING_RESCUE_MODE,
  STATUS.FAILED_EXITING_RESCUE_MODE,
  STATUS.TESTING,
]);

/** Whether a machine may go from one status to another. */
export function mayFollow(from: number, to: number): boolean {
  const before = NAME_OF.get(from);
  const after = NAME_OF.get(to);
  return before !== undefined && after !== undefined && FOLLOWS[before].includes(after);
}

/**
 * Moves a machine to a status; one that becomes New or Ready belongs to nobody.
 *
 * @throws MaasRefusal 409 when the one cannot follow the other.
 */
export function changeStatus(machine: MachineRecord, status: number): void {
  const { status: before } = machine;
  if (before === status) return;
  if (!mayFollow(before, status)) {
    throw refusal(409, `Invalid transition: ${statusName(before)} -> ${statusName(status)}.`);
  }
  if (!PASSING.has(before)) machine.previousStatus = before;
  machine.status = status;
  if (status === STATUS.NEW || status === STATUS.READY) machine.owner = null;
}
