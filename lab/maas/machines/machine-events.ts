import { recordEvent } from "../site/events";
import type { EventRecord } from "../site/model";
import type { Store } from "../store";
import type { MachineRecord } from "./model";

interface EventType {
  /** As MAAS shows it. */
  text: string;
  level: EventRecord["level"];
}

const requested = (text: string): EventType => ({ text, level: "DEBUG" });
const reported = (text: string): EventType => ({ text, level: "INFO" });

/** Event types of machines. What a user asks for is of level DEBUG and never a machine's status message. */
const TYPES = {
  requestAcquire: requested("User acquiring node"),
  requestRelease: requested("User releasing node"),
  requestErase: requested("User erasing disk"),
  requestAbortErase: requested("User aborting disk erase"),
  requestDeployment: requested("User starting deployment"),
  requestAbortDeployment: requested("User aborting deployment"),
  requestCommissioning: requested("User starting node commissioning"),
  requestAbortCommissioning: requested("User aborting node commissioning"),
  requestTesting: requested("User starting node testing"),
  requestAbortTesting: requested("User aborting node testing"),
  requestOverrideTesting: requested("User overrode 'Failed testing' status"),
  requestRescue: requested("User starting rescue mode"),
  requestEndRescue: requested("User stopping rescue mode"),
  requestBroken: requested("User marking node broken"),
  requestFixed: requested("User marking node fixed"),
  requestLock: requested("User locking node"),
  requestUnlock: requested("User unlocking node"),
  requestStart: requested("User powering up node"),
  requestStop: requested("User powering down node"),
  poweredOn: requested("Node powered on"),
  poweredOff: requested("Node powered off"),
  changedStatus: requested("Node changed status"),
  powerQueryFailed: { text: "Failed to query node's BMC", level: "WARNING" },
  installationFailed: { text: "Node installation failure", level: "ERROR" },
  markedFailed: { text: "Marking node failed", level: "ERROR" },
  performingPxeBoot: reported("Performing PXE boot"),
  loadingEphemeral: reported("Loading ephemeral"),
  installingOs: reported("Installing OS"),
  configuringOs: reported("Configuring OS"),
  rebooting: reported("Rebooting"),
  deploying: reported("Deploying"),
  deployed: reported("Deployed"),
  imageDeployed: reported("Image Deployed"),
  releasing: reported("Releasing"),
  released: reported("Released"),
  disksErased: reported("Disks erased"),
  commissioning: reported("Commissioning"),
  failedCommissioning: reported("Failed commissioning"),
  ready: reported("Ready"),
  testing: reported("Testing"),
  failedTesting: reported("Failed testing"),
  enteringRescue: reported("Entering rescue mode"),
  rescue: reported("Rescue mode"),
  exitedRescue: reported("Exited rescue mode"),
  abortedErase: reported("Aborted disk erasing"),
  abortedCommissioning: reported("Aborted commissioning"),
  abortedDeployment: reported("Aborted deployment"),
  abortedTesting: reported("Aborted testing"),
} as const satisfies Record<string, EventType>;

/** A kind of event of a machine. */
export type MachineEvent = keyof typeof TYPES;

/** What goes with an event. */
export interface EventDetails {
  /** Shown as `status_action`. */
  action?: string;
  description?: string;
  /** Who asked for it; put before the description. */
  user?: string;
}

/** Notes an event of a machine; one of level INFO or above becomes its status message. */
export function noteEvent(store: Store, machine: MachineRecord, event: MachineEvent, details: EventDetails = {}): void {
  const { text, level } = TYPES[event];
  const { action = "", description = "", user } = details;
  const full = user === undefined ? description : description === "" ? `(${user})` : `(${user}) - ${description}`;
  recordEvent(store, machine.systemId, level, text, full);
  if (level !== "DEBUG") machine.statusEvent = { action, type: text, description: full };
}

/** `status_message`: the type of the last event that counts, and what was said with it. */
export function statusMessage(machine: MachineRecord): string | null {
  const { statusEvent: event } = machine;
  if (event === null) return null;
  return event.description === "" ? event.type : `${event.type} - ${event.description}`;
}
