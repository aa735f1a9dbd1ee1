import { refusal } from "../../server/refusal";
import { setting } from "../../site/settings";
import type { Store } from "../../store";
import { noteEvent } from "../machine-events";
import type { MachineRecord } from "../model";
import { networkContext } from "../network/network-context";
import { releaseNetwork } from "../network/release-network";
import { isReleasable, STATUS, statusName } from "../status";
import { changeStatus } from "../status-transitions";
import { clearAcquiredFilesystems } from "../storage/acquired-filesystems";
import { DURATIONS } from "./durations";
import { failMachine } from "./fail-machine";
import { findMachine } from "./find-machine";
import { isControllable, setPowerState, startPower, stopPower } from "./power";

/** What goes with a release. */
export interface ReleaseOptions {
  user: string;
  comment: string;
  /** Erase the disks, whatever the site's setting says. */
  erase: boolean;
}

/** The machine is off: it is nobody's, its addresses are free. New when it was never commissioned. */
function finishRelease(store: Store, machine: MachineRecord): void {
  releaseNetwork(networkContext(store, machine));
  changeStatus(machine, machine.commissioning.status === 2 ? STATUS.READY : STATUS.NEW);
  machine.owner = null;
  noteEvent(store, machine, "released");
  machine.ownerData = {};
}

/**
 * Takes what a deployment left and powers the machine off. One that is off, or whose power MAAS cannot ask for, is Ready
 * at once; the others pass through Releasing.
 */
export function powerDownAndRelease(store: Store, machine: MachineRecord): void {
  store.cancel(machine.systemId);
  const waits = machine.powerState !== "off" && isControllable(machine);
  changeStatus(machine, STATUS.RELEASING);
  Object.assign(machine, {
    agentName: "",
    netboot: true,
    osystem: "",
    distroSeries: "",
    hweKernel: null,
    installationResultId: null,
    enableHardwareSync: false,
  } satisfies Partial<MachineRecord>);
  noteEvent(store, machine, "releasing");
  clearAcquiredFilesystems({ store, machine });
  if (waits) stopPower(store, machine);
  else finishRelease(store, machine);
}

/**
 * Releases a machine: through Disk erasing where the site's setting or the caller wants it. A machine that is Ready or
 * Releasing stays as it is.
 *
 * @throws MaasRefusal 409 when it cannot be released in its status.
 */
export function release(store: Store, machine: MachineRecord, options: ReleaseOptions): void {
  if (machine.status === STATUS.RELEASING || machine.status === STATUS.READY) return;
  if (!isReleasable(machine.status)) {
    throw refusal(409, `Machine cannot be released in its current state ('${statusName(machine.status)}').`);
  }
  const { user, comment } = options;
  if (!options.erase && setting(store, "enable_disk_erasing_on_release") !== true) {
    noteEvent(store, machine, "requestRelease", { action: "release", user, description: comment });
    powerDownAndRelease(store, machine);
    return;
  }
  noteEvent(store, machine, "requestErase", { action: "start disk erasing", user, description: comment });
  changeStatus(machine, STATUS.DISK_ERASING);
  store.cancel(machine.systemId);
  startPower(store, machine);
  store.schedule("disks-erased", machine.systemId, DURATIONS.erasing);
}

/** The disks are erased: the machine is released. */
export function disksErased(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine?.status !== STATUS.DISK_ERASING) return;
  const failure = store.failure("erase", machine.systemId, machine.hostname);
  if (failure === undefined) {
    setPowerState(store, machine, "on");
    noteEvent(store, machine, "disksErased");
    powerDownAndRelease(store, machine);
  } else failMachine(store, machine, STATUS.FAILED_DISK_ERASING, failure);
  store.changed();
}

/** The machine went off: a release that waited for it ends. */
export function poweredOff(store: Store, systemId: string): void {
  const machine = findMachine(store, systemId);
  if (machine === undefined) return;
  const failure =
    machine.status === STATUS.RELEASING ? store.failure("release", machine.systemId, machine.hostname) : undefined;
  if (failure !== undefined) failMachine(store, machine, STATUS.FAILED_RELEASING, failure);
  else {
    setPowerState(store, machine, "off");
    if (machine.status === STATUS.RELEASING) finishRelease(store, machine);
    else if (machine.status === STATUS.EXITING_RESCUE_MODE) {
      changeStatus(machine, machine.previousStatus);
      noteEvent(store, machine, "exitedRescue");
    }
  }
  store.changed();
}
