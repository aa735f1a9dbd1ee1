import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { changeStatus } from "../status-transitions";

/** Ends what a machine is doing in a failure, with MAAS's message for it. */
export function failMachine(store: Store, machine: MachineRecord, status: number, message: string): void {
  store.cancel(machine.systemId);
  noteEvent(store, machine, "markedFailed", { action: "mark_failed", description: message });
  changeStatus(machine, status);
  machine.errorDescription = message;
}
