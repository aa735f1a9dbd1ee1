import { isGone } from "../../http/lost-answer";
import { CachedList, readAge } from "./cached-list";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import {
  createdInterfaceSchema,
  type EventAnswer,
  eventsSchema,
  type MachineAnswer,
  machineSchema,
  powerParametersSchema,
} from "./machine-types";
import { SerialQueue } from "./serial-queue";
import { listOf } from "./site-types";
import type { MaasRequest, Transport } from "./transport";

/** How old what is known of machines may be when something is taken from under them (a VLAN, a pool), in milliseconds. */
export const decisionAge = 15_000;

const machinesSchema = listOf(machineSchema, "machines", ({ system_id }) => system_id);

/**
 * Machines. One list holds all that is known of all of them, so that a refresh costs one request; the answer of a write updates its machine, and
 * a change of a machine's interfaces puts only that machine in doubt, so that it is read again. What is known too long is listed again, for all
 * machines at once: how many requests a run makes does not depend on how slow it is, but for a list every two minutes.
 */
export class Machines {
  private readonly cached: CachedList<MachineAnswer>;
  private readonly writes = new SerialQueue();

  constructor(
    private readonly transport: Transport,
    now: () => number = Date.now,
  ) {
    this.cached = new CachedList(
      () => transport.json({ method: "GET", path: "machines/" }, machinesSchema),
      (machine) => machine.system_id,
      now,
    );
  }

  /** All machines; what may have changed since the list was sent is read again. */
  async list(age: number = readAge): Promise<readonly MachineAnswer[]> {
    await this.cached.all(age);
    await Promise.all(this.cached.doubted().map((systemId) => this.read(systemId)));
    return this.cached.all();
  }

  /** All machines as they were listed or last answered: enough to tell one from another, not to decide anything by their values. */
  async known(): Promise<readonly MachineAnswer[]> {
    return this.cached.all();
  }

  /**
   * One machine as it is after all that was written here; undefined when it is gone.
   *
   * @param age How old what is known of it may be, in milliseconds. What others do meanwhile to a machine that is about to be changed,
   * MAAS refuses (409).
   */
  async get(systemId: string, age: number = readAge): Promise<MachineAnswer | undefined> {
    if (this.cached.isDoubted(systemId)) return this.read(systemId);
    const listed = await this.cached.get(systemId, age);
    return listed === undefined || this.cached.isDoubted(systemId) ? this.read(systemId) : listed;
  }

  /** One machine, read by itself; undefined on MAAS's own 404 of the machine. */
  async read(systemId: string): Promise<MachineAnswer | undefined> {
    const sent = this.cached.send();
    try {
      const request: MaasRequest = { method: "GET", path: machinePath(systemId) };
      return this.keep(await this.transport.json(request, machineSchema, isMachine(systemId)), sent);
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      this.cached.drop(systemId, sent);
      return undefined;
    }
  }

  /** Changes a machine's own fields. */
  async update(systemId: string, fields: Fields): Promise<MachineAnswer> {
    return this.write(systemId, { method: "PUT", path: machinePath(systemId), form: fields });
  }

  /** An operation that answers the machine. */
  async operate(systemId: string, op: string, fields: Fields = {}, repeatable = false): Promise<MachineAnswer> {
    return this.write(systemId, {
      method: "POST",
      path: machinePath(systemId),
      query: { op },
      form: fields,
      repeatable,
    });
  }

  /** Any write about a machine whose answer does not matter: the machine has to be read again afterwards. */
  async change(systemId: string, request: MaasRequest): Promise<void> {
    await this.changing(systemId, () => this.transport.send(request));
  }

  /** Like {@link change}, for a write that creates an interface. @returns its id */
  async createInterface(systemId: string, request: MaasRequest): Promise<number> {
    return this.changing(systemId, async () => (await this.transport.json(request, createdInterfaceSchema)).id);
  }

  /** Enlists a machine. After a lost answer it is looked for by a MAC address, which only one machine has. */
  async enlist(fields: Fields, isIt: (machine: MachineAnswer) => boolean): Promise<MachineAnswer> {
    const request: MaasRequest = { method: "POST", path: "machines/", form: fields };
    return createOnce(
      async () => {
        const sent = this.cached.send();
        return this.keep(await this.transport.json(request, machineSchema), sent);
      },
      async () => (await this.list(0)).find(isIt),
    );
  }

  /** What the power driver of a machine needs; for administrators only, and full of secrets: never show it. */
  async powerParameters(systemId: string): Promise<Readonly<Record<string, unknown>>> {
    const request: MaasRequest = {
      method: "GET",
      path: machinePath(systemId),
      query: { op: "power_parameters" },
    };
    return this.transport.json(request, powerParametersSchema);
  }

  /** The last events of a machine, newest first: MAAS's own words on what happened to it. */
  async events(systemId: string, limit = 5): Promise<readonly EventAnswer[]> {
    const query = { op: "query", id: systemId, limit, level: "INFO" };
    return (await this.transport.json({ method: "GET", path: "events/", query }, eventsSchema)).events;
  }

  /** Marks a machine to be read again, after a write elsewhere that changes it (a tag, a deleted VLAN). */
  markStale(systemId: string): void {
    this.cached.doubt(systemId);
  }

  /** Makes the next reader reload the list, after a write elsewhere that may change any machine. */
  forget(): void {
    this.cached.forget();
  }

  /** The machine is in doubt until its answer arrives; an answer that something else overtook leaves it so. */
  private async write(systemId: string, request: MaasRequest): Promise<MachineAnswer> {
    return this.writes.run(systemId, async () => {
      this.cached.doubt(systemId);
      const sent = this.cached.send();
      try {
        return this.keep(await this.transport.json(request, machineSchema, isMachine(systemId)), sent);
      } catch (failure) {
        this.cached.doubt(systemId);
        throw failure;
      }
    });
  }

  /** Sends one write to a machine after the other; it is in doubt until an answer to something sent later arrives. */
  private async changing<Result>(systemId: string, send: () => Promise<Result>): Promise<Result> {
    return this.writes.run(systemId, async () => {
      this.cached.doubt(systemId);
      try {
        return await send();
      } finally {
        this.cached.doubt(systemId);
      }
    });
  }

  private keep(machine: MachineAnswer, sent: number): MachineAnswer {
    this.cached.put(machine, sent);
    return machine;
  }
}

function isMachine(systemId: string): (answer: MachineAnswer) => string | undefined {
  return ({ system_id }) =>
    system_id === systemId ? undefined : `expected machine ${systemId}, but ${system_id} came`;
}

function machinePath(systemId: string): string {
  return `machines/${encodeURIComponent(systemId)}/`;
}
