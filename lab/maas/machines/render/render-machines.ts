import type { JsonObject } from "../../json";
import type { Store } from "../../store";
import { renderMachine } from "./render-machine";

/** Whole answers of machines, in the order of their numbers. */
export function renderMachines(store: Store, systemIds: string[]): JsonObject[] {
  return store.machines
    .filter((machine) => systemIds.includes(machine.systemId))
    .sort((a, b) => a.id - b.id)
    .map((machine) => renderMachine(store, machine));
}
