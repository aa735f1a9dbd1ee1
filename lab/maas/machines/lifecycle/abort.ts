import { refusal } from "../../server/refusal";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { STATUS, statusName } from "../status";
import { changeStatus } from "../status-transitions";
import { stopPower } from "./power";

/**
 * Stops what a machine is doing (`abort`): erasing, commissioning, deploying or testing.
 *
 * @throws MaasRefusal 409 when it does none of these.
 */
export function abort(store: Store, machine: MachineRecord, user: string, comment: string): void {
  const details = { user, description: comment };
  const stop = (status: number): void => {
    store.cancel(machine.systemId);
    changeStatus(machine, status);
    stopPower(store, machine);
  };
  switch (machine.status) {
    case STATUS.DISK_ERASING:
      noteEvent(store, machine, "requestAbortErase", { ...details, action: "abort disk erasing" });
      noteEvent(store, machine, "abortedErase");
      stop(STATUS.FAILED_DISK_ERASING);
      return;
    case STATUS.COMMISSIONING:
      noteEvent(store, machine, "requestAbortCommissioning", { ...details, action: "abort commissioning" });
      noteEvent(store, machine, "abortedCommissioning");
      stop(STATUS.NEW);
      return;
    case STATUS.DEPLOYING:
      noteEvent(store, machine, "requestAbortDeployment", { ...details, action: "abort deploying" });
      noteEvent(store, machine, "abortedDeployment");
      stop(STATUS.ALLOCATED);
      return;
    case STATUS.TESTING:
      noteEvent(store, machine, "requestAbortTesting", { ...details, action: "abort testing" });
      noteEvent(store, machine, "abortedTesting");
      stop(machine.previousStatus);
      return;
    default:
      throw refusal(
        409,
        `Cannot abort in current state: node ${machine.systemId} is in state ${statusName(machine.status)}.`,
      );
  }
}
