import { CachedList, readAge } from "./cached-list";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import type { EventAnswer, MachineAnswer } from "./machine-types";
import { isGone } from "./rest-collection";
import { SerialQueue } from "./serial-queue";
import type { MaasRequest, Transport } from "./transport";

/** How old what is known of a machine may be when something is decided by it, in milliseconds. */
export const decisionAge = 15_000;

/**
 * Machines. One list holds all that is known of all of them, so that a refresh costs one request; a write takes over what it was
 * answered, and a change of a machine's interfaces marks only that machine to be read again.
 */
export class Machines {
  /** When each machine was last seen, by what was answered for it alone. */
  private readonly seen = new Map<string, number>();
  private readonly stale = new Set<string>();
  private readonly cached: CachedList<MachineAnswer>;
  private readonly writes = new SerialQueue();
  private listedAt = 0;

  constructor(
    private readonly transport: Transport,
    private readonly now: () => number = Date.now,
  ) {
    this.cached = new CachedList(
      () => this.load(),
      (machine) => machine.system_id,
      now,
    );
  }

  /** All machines; what was changed since the list was made is read again. */
  async list(age: number = readAge): Promise<readonly MachineAnswer[]> {
    const machines = await this.cached.all(age);
    const current = await Promise.all(
      machines.map(async (machine) => (this.stale.has(machine.system_id) ? this.read(machine.system_id) : machine)),
    );
    return current.filter((machine) => machine !== undefined);
  }

  /** All machines as they were listed or last answered: enough to tell one from another, not to decide anything by their values. */
  async known(): Promise<readonly MachineAnswer[]> {
    return this.cached.all();
  }

  /** One machine from the list, for a plain read; undefined when it is truly gone. */
  async get(systemId: string): Promise<MachineAnswer | undefined> {
    const known = await this.cached.get(systemId);
    return known === undefined || this.stale.has(systemId) ? this.read(systemId) : known;
  }

  /** One machine as it is now, for a decision: what is known of it serves only when it is a few seconds old. */
  async current(systemId: string): Promise<MachineAnswer | undefined> {
    const seenAt = Math.max(this.seen.get(systemId) ?? 0, this.listedAt);
    const forgotten = seenAt === 0;
    if (this.stale.has(systemId) || (!forgotten && this.now() - seenAt > decisionAge)) return this.read(systemId);
    return (await this.cached.get(systemId)) ?? this.read(systemId);
  }

  /** One machine, asked for by itself; undefined on a 404. */
  async read(systemId: string): Promise<MachineAnswer | undefined> {
    try {
      const request: MaasRequest = { method: "GET", path: machinePath(systemId) };
      return this.keep(await this.transport.json<MachineAnswer>(request));
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      this.cached.drop(systemId);
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

  /** Any write about a machine that answers something else than the machine: it has to be read again afterwards. */
  async change(systemId: string, request: MaasRequest): Promise<string> {
    return this.writes.run(systemId, async () => {
      this.stale.add(systemId);
      return (await this.transport.send(request)).text;
    });
  }

  /** Enlists a machine. After a lost answer it is looked for by a MAC address, which only one machine has. */
  async enlist(fields: Fields, isIt: (machine: MachineAnswer) => boolean): Promise<MachineAnswer> {
    const request: MaasRequest = { method: "POST", path: "machines/", form: fields };
    return createOnce(
      async () => this.keep(await this.transport.json<MachineAnswer>(request)),
      async () => (await this.list(0)).find(isIt),
    );
  }

  /** The last events of a machine, newest first: MAAS's own words on what happened to it. */
  async events(systemId: string, limit = 5): Promise<readonly EventAnswer[]> {
    const query = { op: "query", id: systemId, limit, level: "INFO" };
    const answer = await this.transport.json<{ events: EventAnswer[] }>({ method: "GET", path: "events/", query });
    return answer.events;
  }

  /** Marks a machine to be read again, after a write elsewhere that changes it (a tag, a deleted VLAN). */
  markStale(systemId: string): void {
    this.stale.add(systemId);
  }

  /** Makes the next reader ask anew, after a write elsewhere that may change any machine. */
  forget(): void {
    this.cached.forget();
    this.seen.clear();
    this.listedAt = 0;
  }

  private async load(): Promise<MachineAnswer[]> {
    const before = new Set(this.stale);
    const machines = await this.transport.json<MachineAnswer[]>({ method: "GET", path: "machines/" });
    for (const systemId of before) this.stale.delete(systemId);
    this.listedAt = this.now();
    return machines;
  }

  private async write(systemId: string, request: MaasRequest): Promise<MachineAnswer> {
    return this.writes.run(systemId, async () => {
      this.stale.add(systemId);
      return this.keep(await this.transport.json<MachineAnswer>(request));
    });
  }

  private keep(machine: MachineAnswer): MachineAnswer {
    this.cached.put(machine);
    this.seen.set(machine.system_id, this.now());
    this.stale.delete(machine.system_id);
    return machine;
  }
}

function machinePath(systemId: string): string {
  return `machines/${encodeURIComponent(systemId)}/`;
}
