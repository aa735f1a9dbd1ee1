import type { Store } from "../../store";
import type { InterfaceRecord, MachineRecord } from "../model";

/** One request's work on the network of one machine. */
export interface NetworkContext {
  store: Store;
  machine: MachineRecord;
  /** Interfaces whose VLAN is being brought in line with what sits on them: each is visited once per chain of saves. */
  aligning: Set<number>;
  /** Interfaces that are being given a LINK_UP: each is visited once per chain of saves. */
  linking: Set<number>;
}

/** Starts work on a machine's network. */
export function networkContext(store: Store, machine: MachineRecord): NetworkContext {
  return { store, machine, aligning: new Set(), linking: new Set() };
}

/** The stored interface of an id, or undefined when it is gone. */
export function findInterface(context: NetworkContext, id: number): InterfaceRecord | undefined {
  return context.machine.interfaces.find((each) => each.id === id);
}

/** Ids of what an interface sits on, lowest first. */
export function parentsOf(context: NetworkContext, id: number): number[] {
  return [...(findInterface(context, id)?.parents ?? [])].sort((a, b) => a - b);
}

/** Ids of what sits on an interface, lowest first. */
export function childrenOf(context: NetworkContext, id: number): number[] {
  return context.machine.interfaces.filter((each) => each.parents.includes(id)).map((each) => each.id);
}
