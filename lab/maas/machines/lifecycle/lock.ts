import { refusal } from "../../server/refusal";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { STATUS } from "../status";

/**
 * Locks a machine: until it is unlocked everything that would change it is 403.
 *
 * @throws MaasRefusal 409 when it is locked, or neither Deployed nor Deploying.
 */
export function lock(store: Store, machine: MachineRecord, user: string, comment: string): void {
  if (machine.locked) throw refusal(409, "Machine is already locked");
  noteEvent(store, machine, "requestLock", { action: "lock", user, description: comment });
  if (machine.status !== STATUS.DEPLOYED && machine.status !== STATUS.DEPLOYING) {
    throw refusal(409, "Can't lock, node is not deployed or deploying");
  }
  machine.locked = true;
}

/**
 * Unlocks a machine.
 *
 * @throws MaasRefusal 409 when it is not locked.
 */
export function unlock(store: Store, machine: MachineRecord, user: string, comment: string): void {
  if (!machine.locked) throw refusal(409, "Machine is not locked");
  noteEvent(store, machine, "requestUnlock", { action: "unlock", user, description: comment });
  machine.locked = false;
}
