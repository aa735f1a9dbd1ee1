import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { networkContext } from "../network/network-context";
import { releaseNetwork } from "../network/release-network";
import { STATUS } from "../status";
import { DURATIONS } from "./durations";
import { findMachine } from "./find-machine";

/** Whether MAAS can switch the machine and ask for its power state. */
export function isControllable(machine: MachineRecord): boolean {
  return machine.powerType !== "" && machine.powerType !== "manual";
}

const USES_ADDRESSES: ReadonlySet<number> = new Set([
  STATUS.COMMISSIONING,
  STATUS.DEPLOYED,
  STATUS.DEPLOYING,
  STATUS.DISK_ERASING,
  STATUS.RESCUE_MODE,
  STATUS.ENTERING_RESCUE_MODE,
  STATUS.TESTING,
]);

/** Sets the power state that MAAS knows of; a machine that went off and is at rest gives its addresses back. */
export function setPowerState(store: Store, machine: MachineRecord, state: MachineRecord["powerState"]): void {
  if (machine.powerState === state) return;
  machine.powerState = state;
  if (state === "on") noteEvent(store, machine, "poweredOn");
  if (state !== "off") return;
  noteEvent(store, machine, "poweredOff");
  if (!USES_ADDRESSES.has(machine.status)) releaseNetwork(networkContext(store, machine));
}

/** Sends the machine a power-on; it is on a little later. */
export function startPower(store: Store, machine: MachineRecord): void {
  store.cancel(machine.systemId, "power-off");
  store.schedule("power-on", machine.systemId, DURATIONS.powerOn);
}

/** Sends the machine a power-off; it is off a little later. */
export function stopPower(store: Store, machine: MachineRecord): void {
  store.cancel(machine.systemId, "power-on");
  store.schedule("power-off", machine.systemId, DURATIONS.powerOff);
}

/** The machine is on. */
export function poweredOn(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine === undefined) return;
  setPowerState(store, machine, "on");
  store.changed();
}
