import type { Store } from "../../store";
import type { MachineRecord } from "../model";

/** The machine of a timer; undefined when it was deleted meanwhile. */
export function findMachine(store: Store, systemId: string): MachineRecord | undefined {
  return store.machines.find((machine) => machine.systemId === systemId);
}
