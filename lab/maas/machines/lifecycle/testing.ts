import { refusal } from "../../server/refusal";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { STATUS } from "../status";
import { changeStatus } from "../status-transitions";
import { DURATIONS } from "./durations";
import { failMachine } from "./fail-machine";
import { findMachine } from "./find-machine";
import { startPower, stopPower } from "./power";

const RUNNING = 1;
const PASSED = 2;
const FAILED = 3;

/** After these the machine is Ready when its tests pass; after others it is what it was. */
const BECOMES_READY: ReadonlySet<number> = new Set([
  STATUS.COMMISSIONING,
  STATUS.FAILED_DEPLOYMENT,
  STATUS.MISSING,
  STATUS.RETIRED,
  STATUS.BROKEN,
  STATUS.FAILED_RELEASING,
  STATUS.FAILED_DISK_ERASING,
  STATUS.FAILED_TESTING,
]);

/**
 * Starts the hardware tests.
 *
 * @throws MaasRefusal 409 when the machine cannot be tested in its status.
 */
export function startTesting(store: Store, machine: MachineRecord, user: string): void {
  noteEvent(store, machine, "requestTesting", { action: "start testing", user });
  changeStatus(machine, STATUS.TESTING);
  noteEvent(store, machine, "testing");
  machine.testing = { resultId: store.nextId("scriptset"), status: RUNNING, storageStatus: RUNNING };
  startPower(store, machine);
  store.schedule("tested", machine.systemId, DURATIONS.testing);
}

/** The tests are through. */
export function finishTesting(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine?.status !== STATUS.TESTING) return;
  const failure = store.failure("test", machine.systemId, machine.hostname);
  const status = failure === undefined ? PASSED : FAILED;
  machine.testing = { ...machine.testing, status, storageStatus: status };
  if (failure === undefined) {
    const before = machine.previousStatus;
    changeStatus(machine, BECOMES_READY.has(before) ? STATUS.READY : before);
    if (before !== STATUS.DEPLOYED) stopPower(store, machine);
  } else {
    noteEvent(store, machine, "failedTesting", { description: failure });
    failMachine(store, machine, STATUS.FAILED_TESTING, failure);
  }
  store.changed();
}

/**
 * Takes a machine whose tests failed as it is.
 *
 * @throws MaasRefusal 409 when its tests did not fail.
 */
export function overrideFailedTesting(store: Store, machine: MachineRecord, user: string, comment: string): void {
  noteEvent(store, machine, "requestOverrideTesting", {
    action: "ignore failed tests",
    user,
    description: comment,
  });
  if (machine.status !== STATUS.FAILED_TESTING) {
    throw refusal(409, "Unable to override node status. Node is not in 'Failed testing' status.");
  }
  changeStatus(machine, machine.osystem === "" ? STATUS.READY : STATUS.DEPLOYED);
  machine.errorDescription = "";
}
