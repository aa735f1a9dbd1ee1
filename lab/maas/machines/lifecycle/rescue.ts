import { refusal } from "../../server/refusal";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { STATUS } from "../status";
import { changeStatus } from "../status-transitions";
import { DURATIONS } from "./durations";
import { failMachine } from "./fail-machine";
import { findMachine } from "./find-machine";
import { isControllable, setPowerState, startPower, stopPower } from "./power";

/**
 * Boots a machine into its rescue system.
 *
 * @throws MaasRefusal 409 when its status does not allow it; 400 without a power type.
 */
export function startRescue(store: Store, machine: MachineRecord, user: string): void {
  if (machine.powerType === "") {
    throw refusal(400, "Unconfigured power type. Please configure the power type and try again.");
  }
  noteEvent(store, machine, "requestRescue", { action: "start rescue mode", user });
  changeStatus(machine, STATUS.ENTERING_RESCUE_MODE);
  machine.owner = user;
  noteEvent(store, machine, "enteringRescue");
  startPower(store, machine);
  store.schedule("rescue", machine.systemId, DURATIONS.rescueMode);
}

/** The rescue system runs. */
export function enterRescue(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine?.status !== STATUS.ENTERING_RESCUE_MODE) return;
  const failure = store.failure("rescue", machine.systemId, machine.hostname);
  if (failure === undefined) {
    setPowerState(store, machine, "on");
    changeStatus(machine, STATUS.RESCUE_MODE);
    noteEvent(store, machine, "rescue");
  } else failMachine(store, machine, STATUS.FAILED_ENTERING_RESCUE_MODE, failure);
  store.changed();
}

/**
 * Leaves rescue mode: the machine goes back to the status before.
 *
 * @throws MaasRefusal 409 when it is not in rescue mode.
 */
export function endRescue(store: Store, machine: MachineRecord, user: string): void {
  noteEvent(store, machine, "requestEndRescue", { action: "stop rescue mode", user });
  changeStatus(machine, STATUS.EXITING_RESCUE_MODE);
  const { previousStatus } = machine;
  if (!isControllable(machine)) {
    if (previousStatus !== STATUS.DEPLOYED) machine.owner = null;
    changeStatus(machine, previousStatus);
  } else if (previousStatus === STATUS.DEPLOYED) {
    store.schedule("rescue-left", machine.systemId, DURATIONS.powerOn);
  } else stopPower(store, machine);
}

/** The deployed system runs again. */
export function leaveRescue(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine?.status !== STATUS.EXITING_RESCUE_MODE) return;
  noteEvent(store, machine, "exitedRescue");
  changeStatus(machine, machine.previousStatus);
  store.changed();
}
