import { refusal } from "../../server/refusal";
import { setting } from "../../site/settings";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { networkContext } from "../network/network-context";
import { clearNetwork, restoreNetwork } from "../network/restore-network";
import { STATUS } from "../status";
import { changeStatus } from "../status-transitions";
import { clearStorage } from "../storage/clear-storage";
import { setDefaultLayout } from "../storage/set-default-layout";
import { DURATIONS } from "./durations";
import { discoverHardware } from "./discover-hardware";
import { failMachine } from "./fail-machine";
import { findMachine } from "./find-machine";
import { setPowerState, startPower, stopPower } from "./power";

/** What goes with commissioning. */
export interface CommissionOptions {
  user: string;
  skipNetworking: boolean;
  skipStorage: boolean;
}

/** Script states of answers. */
const RUNNING = 1;
const PASSED = 2;
const FAILED = 3;

/**
 * Starts commissioning: disks and links are cleared, what comes after is what the machine has.
 *
 * @throws MaasRefusal 409 when it cannot be commissioned in its status; 400 when MAAS has no power type for it.
 */
export function startCommissioning(store: Store, machine: MachineRecord, options: CommissionOptions): void {
  if (machine.powerType === "") {
    throw refusal(400, "Unconfigured power type. Please configure the power type and try again.");
  }
  noteEvent(store, machine, "requestCommissioning", { action: "start commissioning", user: options.user });
  noteEvent(store, machine, "commissioning");
  machine.commissioning = { resultId: store.nextId("scriptset"), status: RUNNING, storageStatus: -1 };
  machine.testing = { resultId: store.nextId("scriptset"), status: RUNNING, storageStatus: RUNNING };
  if (!options.skipStorage) clearStorage(machine);
  if (!options.skipNetworking) clearNetwork(networkContext(store, machine));
  changeStatus(machine, STATUS.COMMISSIONING);
  machine.owner = options.user;
  machine.minHweKernel ??= "";
  startPower(store, machine);
  store.schedule("commissioned", machine.systemId, DURATIONS.commissioning);
}

/** The machine reported what it has: it is Ready and goes off. */
export function finishCommissioning(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine?.status !== STATUS.COMMISSIONING) return;
  const failure = store.failure("commission", machine.systemId, machine.hostname);
  if (failure !== undefined) {
    machine.commissioning.status = FAILED;
    failMachine(store, machine, STATUS.FAILED_COMMISSIONING, failure);
  } else {
    discoverHardware(store, machine);
    restoreNetwork(networkContext(store, machine));
    if (
      machine.filesystemGroups.length === 0 &&
      machine.blockDevices.every((disk) => disk.partitionTableType === null)
    ) {
      setDefaultLayout({ store, machine }, setting(store, "default_storage_layout"));
    }
    machine.commissioning.status = PASSED;
    machine.testing = { ...machine.testing, status: PASSED, storageStatus: PASSED };
    setPowerState(store, machine, "on");
    changeStatus(machine, STATUS.READY);
    noteEvent(store, machine, "ready");
    stopPower(store, machine);
  }
  store.changed();
}
