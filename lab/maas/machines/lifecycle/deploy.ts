import { MaasRefusal } from "../../server/refusal";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { claimAddresses } from "../network/claim-addresses";
import { STATUS } from "../status";
import { changeStatus } from "../status-transitions";
import { DURATIONS } from "./durations";
import { failMachine } from "./fail-machine";
import { findMachine } from "./find-machine";
import { setPowerState, startPower } from "./power";

/** Starts the deployment of an Allocated machine; its operating system is set already. */
export function startDeployment(store: Store, machine: MachineRecord, user: string, comment: string): void {
  noteEvent(store, machine, "requestDeployment", { action: "start", user, description: comment });
  changeStatus(machine, STATUS.DEPLOYING);
  machine.installationResultId = store.nextId("scriptset");
  noteEvent(store, machine, "deploying");
}

/** What follows the answer to a deployment: addresses are claimed and the machine boots its installer. */
export function continueDeployment(store: Store, machine: MachineRecord): void {
  try {
    claimAddresses(store, machine);
  } catch (error) {
    if (!(error instanceof MaasRefusal)) throw error;
    failMachine(store, machine, STATUS.FAILED_DEPLOYMENT, error.message);
    return;
  }
  const { systemId } = machine;
  startPower(store, machine);
  store.schedule("deploy-installer", systemId, DURATIONS.installerBoot);
  store.schedule("deploy-reboot", systemId, DURATIONS.installation);
  store.schedule("deploy-end", systemId, DURATIONS.deployment);
}

function deploying(store: Store, systemId: string): MachineRecord | undefined {
  const machine = findMachine(store, systemId);
  return machine?.status === STATUS.DEPLOYING ? machine : undefined;
}

/** The installer runs. */
export function installerRuns(store: Store, systemId: string): void {
  const machine = deploying(store, systemId);
  if (machine === undefined) return;
  setPowerState(store, machine, "on");
  noteEvent(store, machine, "performingPxeBoot");
  noteEvent(store, machine, "installingOs");
  store.changed();
}

/** The installed system boots; here an installation that is to fail does. */
export function installedSystemBoots(store: Store, systemId: string): void {
  const machine = deploying(store, systemId);
  if (machine === undefined) return;
  const failure = store.failure("deploy", machine.systemId, machine.hostname);
  if (failure === undefined) {
    machine.netboot = false;
    noteEvent(store, machine, "rebooting");
  } else failMachine(store, machine, STATUS.FAILED_DEPLOYMENT, failure);
  store.changed();
}

/** The machine is Deployed. */
export function finishDeployment(store: Store, systemId: string): void {
  const machine = deploying(store, systemId);
  if (machine === undefined) return;
  setPowerState(store, machine, "on");
  changeStatus(machine, STATUS.DEPLOYED);
  const { osystem, distroSeries, architecture } = machine;
  noteEvent(store, machine, "imageDeployed", { description: `deployed ${osystem}/${distroSeries}/${architecture}` });
  noteEvent(store, machine, "deployed");
  store.changed();
}
