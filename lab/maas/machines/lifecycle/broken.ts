import { refusal } from "../../server/refusal";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { isReleasable, STATUS } from "../status";
import { changeStatus } from "../status-transitions";
import { powerDownAndRelease } from "./release";

/**
 * Marks a machine broken; one that is somebody's is released on the way.
 *
 * @throws MaasRefusal 403 when it is not the caller's, 409 when its status does not allow it.
 */
export function markBroken(store: Store, machine: MachineRecord, user: string, comment: string): void {
  if (machine.owner !== user) throw refusal(403, "");
  noteEvent(store, machine, "requestBroken", { action: "mark broken", user, description: comment });
  if (isReleasable(machine.status)) powerDownAndRelease(store, machine);
  changeStatus(machine, STATUS.BROKEN);
  machine.errorDescription = comment;
}

/**
 * Takes a Broken machine back: Deployed if it was, else Ready.
 *
 * @throws MaasRefusal 409 when it is not Broken.
 */
export function markFixed(store: Store, machine: MachineRecord, user: string, comment: string): void {
  noteEvent(store, machine, "requestFixed", { action: "mark fixed", user, description: comment });
  if (machine.status !== STATUS.BROKEN) throw refusal(409, "Can't mark a non-broken node as 'Ready'.");
  changeStatus(machine, machine.previousStatus === STATUS.DEPLOYED ? STATUS.DEPLOYED : STATUS.READY);
  Object.assign(machine, {
    errorDescription: "",
    osystem: "",
    distroSeries: "",
    hweKernel: null,
    installationResultId: null,
  } satisfies Partial<MachineRecord>);
}
