import type { JsonObject } from "../../json";
import type { Store } from "../../store";
import { renderInterface } from "./render-interface";

/** A machine's interface as `nodes/<system id>/interfaces/` answers it; undefined when no machine has it. */
export function renderHolder(store: Store, systemId: string, interfaceName: string): JsonObject | undefined {
  const machine = store.machines.find((each) => each.systemId === systemId);
  const record = machine?.interfaces.find((each) => each.name === interfaceName);
  return machine === undefined || record === undefined ? undefined : renderInterface(store, machine, record);
}
