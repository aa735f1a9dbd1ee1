import { isInterrupted, pauseUnlessInterrupted } from "../../dynamic/interruption";
import { InputError } from "../../dynamic/errors";
import type { MaasClient } from "../client/client";
import type { Log } from "../client/log";
import type { MachineAnswer } from "../client/machine-types";
import { wayOut } from "./status";

/** How a wait goes on. */
export interface Patience {
  /** Gives up after so many minutes. */
  readonly minutes: number;
  /** The first pause between two looks in milliseconds; it grows by half to ten seconds. Default 500. */
  readonly firstPause?: number;
}

/** How a wait ended: the machine is as wanted, or the wait ended with it as it was last. */
export interface Waited {
  readonly machine: MachineAnswer;
  readonly inTime: boolean;
  /** When it ended, for messages: `after 30 minutes`, or `when the run was interrupted`. */
  readonly when: string;
}

/**
 * Looks at a machine until `done` says so, time is over or the run is interrupted. Tells each status once, and that it still goes on once a minute.
 *
 * @throws InputError when the machine vanishes.
 */
export async function waitForMachine(
  client: MaasClient,
  first: MachineAnswer,
  done: (machine: MachineAnswer) => boolean,
  patience: Patience,
  log: Log,
): Promise<Waited> {
  const start = Date.now();
  const end = start + patience.minutes * 60_000;
  const when = `after ${patience.minutes} minutes`;
  let machine = first;
  let pause = patience.firstPause ?? 500;
  let told = { status: "", minute: 0 };
  while (!done(machine)) {
    const minute = Math.floor((Date.now() - start) / 60_000);
    if (told.status !== machine.status_name || told.minute !== minute) {
      log.info(`waiting for MAAS: ${machine.status_name}${minute === 0 ? "" : `, for ${minute} min`}`);
      told = { status: machine.status_name, minute };
    }
    if (Date.now() >= end) return { machine, inTime: false, when };
    if (isInterrupted()) return { machine, inTime: false, when: "when the run was interrupted" };
    await pauseUnlessInterrupted(Math.min(pause, Math.max(0, end - Date.now())));
    pause = Math.min(10_000, pause * 1.5);
    const next = await client.machines.read(machine.system_id);
    if (next === undefined) throw vanished(machine.hostname, machine.system_id);
    machine = next;
  }
  return { machine, inTime: true, when };
}

/** The error for a machine that MAAS does not have (any more). */
export function vanished(hostname: string, systemId: string): InputError {
  return new InputError(
    `MAAS has no machine ${systemId} (${hostname}) any more. Enlist and commission it again, or take it out of the datacenter description.`,
    "machine",
  );
}

/** The error for a machine in a status that only an operator ends, with MAAS's own words on it. */
export async function stuckError(client: MaasClient, machine: MachineAnswer, what: string): Promise<InputError> {
  const said = machine.error_description || machine.status_message || (await lastEvent(client, machine.system_id));
  return new InputError(
    `${what} of machine ${machine.hostname} (${machine.system_id}) cannot be changed: it is ${machine.status_name}. ` +
      `${wayOut(machine.status)}${said ? ` MAAS says: ${said}` : ""}`,
    "machine",
  );
}

async function lastEvent(client: MaasClient, systemId: string): Promise<string | undefined> {
  try {
    const [event] = await client.machines.events(systemId, 1);
    return event === undefined ? undefined : `${event.type} ${event.description}`.trim();
  } catch {
    // The events only embellish a message about something else, and are not worth another error.
    return undefined;
  }
}
