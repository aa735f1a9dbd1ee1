import { CachedList, readAge } from "./cached-list";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import type { EventAnswer, MachineAnswer } from "./machine-types";
import { isGone } from "./rest-collection";
import { SerialQueue } from "./serial-queue";
import type { MaasRequest, Transport } from "./transport";

/** How old what is known of machines may be when something is taken from under them (a VLAN, a pool), in milliseconds. */
export const decisionAge = 15_000;

/**
 * Machines. One list holds all that is known of all of them, so that a refresh costs one request; a write takes over what it was
 * answered, and a change of a machine's interfaces marks only that machine to be read again. What is known too long is listed again,
 * for all machines at once: how many requests a run makes does not depend on how slow it is, but for a list every two minutes.
 */
export class Machines {
  /** When each machine was last answered by itself. */
  private readonly seen = new Map<string, number>();
  /** Machines that were changed without an answer that tells how they are now. */
  private readonly stale = new Set<string>();
  /** Machines with a write under way. */
  private readonly busy = new Set<string>();
  /** The turn in which a machine was last changed: an answer to what was asked before tells nothing of it. */
  private readonly changedIn = new Map<string, number>();
  private turn = 0;
  private readonly cached: CachedList<MachineAnswer>;
  private readonly writes = new SerialQueue();

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

  /**
   * One machine as it is after all that was written here; undefined when it is truly gone.
   *
   * @param age How old what is known of it may be, in milliseconds. What others do meanwhile to a machine that is about to be changed,
   * MAAS refuses (409).
   */
  async get(systemId: string, age: number = readAge): Promise<MachineAnswer | undefined> {
    if (this.stale.has(systemId)) return this.read(systemId);
    const seenAt = this.seen.get(systemId);
    const known = seenAt !== undefined && this.now() - seenAt <= age ? this.cached.peek(systemId) : undefined;
    const listed = known ?? (await this.cached.get(systemId, age));
    return listed === undefined || this.stale.has(systemId) ? this.read(systemId) : listed;
  }

  /** One machine, asked for by itself; undefined on a 404. */
  async read(systemId: string): Promise<MachineAnswer | undefined> {
    const { turn } = this;
    try {
      const request: MaasRequest = { method: "GET", path: machinePath(systemId) };
      const answer = await this.transport.json<MachineAnswer>(request);
      return this.unchangedSince(systemId, turn) ? this.keep(answer) : answer;
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
    return this.changing(systemId, async () => (await this.transport.send(request)).text);
  }

  /** Enlists a machine. After a lost answer it is looked for by a MAC address, which only one machine has. */
  async enlist(fields: Fields, isIt: (machine: MachineAnswer) => boolean): Promise<MachineAnswer> {
    const request: MaasRequest = { method: "POST", path: "machines/", form: fields };
    return createOnce(
      async () => this.keep(await this.transport.json<MachineAnswer>(request)),
      async () => (await this.list(0)).find(isIt),
    );
  }

  /** What the power driver of a machine needs; for administrators only, and full of secrets: never tell it. */
  async powerParameters(systemId: string): Promise<Readonly<Record<string, unknown>>> {
    const request: MaasRequest = {
      method: "GET",
      path: machinePath(systemId),
      query: { op: "power_parameters" },
    };
    return this.transport.json<Record<string, unknown>>(request);
  }

  /** The last events of a machine, newest first: MAAS's own words on what happened to it. */
  async events(systemId: string, limit = 5): Promise<readonly EventAnswer[]> {
    const query = { op: "query", id: systemId, limit, level: "INFO" };
    const answer = await this.transport.json<{ events: EventAnswer[] }>({ method: "GET", path: "events/", query });
    return answer.events;
  }

  /** Marks a machine to be read again, after a write elsewhere that changes it (a tag, a deleted VLAN). */
  markStale(systemId: string): void {
    this.turn += 1;
    this.changedIn.set(systemId, this.turn);
    this.stale.add(systemId);
  }

  /** Makes the next reader ask anew, after a write elsewhere that may change any machine. */
  forget(): void {
    this.cached.forget();
    this.seen.clear();
  }

  private async load(): Promise<MachineAnswer[]> {
    const { turn } = this;
    const machines = await this.transport.json<MachineAnswer[]>({ method: "GET", path: "machines/" });
    for (const systemId of this.stale) if (this.unchangedSince(systemId, turn)) this.stale.delete(systemId);
    return machines;
  }

  private async write(systemId: string, request: MaasRequest): Promise<MachineAnswer> {
    return this.changing(systemId, async (turn) => {
      const answer = await this.transport.json<MachineAnswer>(request);
      if (this.changedIn.get(systemId) === turn) this.keep(answer);
      return answer;
    });
  }

  /** Does one write to a machine after the other; it is stale until an answer to something asked later is kept. */
  private async changing<Result>(systemId: string, send: (turn: number) => Promise<Result>): Promise<Result> {
    return this.writes.run(systemId, async () => {
      this.busy.add(systemId);
      this.markStale(systemId);
      try {
        return await send(this.turn);
      } finally {
        this.busy.delete(systemId);
        this.turn += 1;
        this.changedIn.set(systemId, this.turn);
      }
    });
  }

  /** Whether what was asked in a turn tells how the machine is now. */
  private unchangedSince(systemId: string, turn: number): boolean {
    return !this.busy.has(systemId) && (this.changedIn.get(systemId) ?? 0) <= turn;
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
