import type { Store } from "../../store";
import type { InterfaceRecord, MachineRecord } from "../model";
import { vlanById } from "./subnets";

/** MTU of a disconnected interface that has none of its own. */
const DEFAULT_MTU = 1500;

/**
 * The MTU that an interface is configured with: its own, else its VLAN's, and at least what anything that sits on it
 * needs.
 */
export function effectiveMtu(store: Store, machine: MachineRecord, record: InterfaceRecord): number {
  const own = record.params.mtu;
  const base =
    typeof own === "number" ? own : record.vlanId === null ? DEFAULT_MTU : vlanById(store, record.vlanId).mtu;
  const above = machine.interfaces.filter((each) => each.parents.includes(record.id));
  return Math.max(base, ...above.map((each) => effectiveMtu(store, machine, each)));
}
