import type { Store } from "../store";
import type { MachineRecord } from "./model";
import { deleteInterface } from "./network/delete-interface";
import { networkContext } from "./network/network-context";

/** Deletes a machine with everything that is its own; its events stay. */
export function deleteMachine(store: Store, machine: MachineRecord): void {
  const context = networkContext(store, machine);
  for (const { id } of [...machine.interfaces]) deleteInterface(context, id);
  store.cancel(machine.systemId);
  store.machines = store.machines.filter((each) => each !== machine);
  store.changed();
}
