import assert from "node:assert/strict";
import fc from "fast-check";
import { ApiError } from "../../../../providers/dynamic/errors";
import { Fabrics } from "../../../../providers/maas/client/fabrics";
import { RestCollection } from "../../../../providers/maas/client/rest-collection";
import { poolSchema } from "../../../../providers/maas/client/site-types";
import type { MaasRequest, Transport } from "../../../../providers/maas/client/transport";

/** One thing that happens: somebody starts a call, a request moves on, its answer is lost, or somebody else changes something. */
type Event =
  | { readonly do: "list" | "forced list"; readonly at: number; readonly value: number }
  | { readonly do: "get" | "update" | "remove" | "create" | "foreign"; readonly at: number; readonly value: number }
  | { readonly do: "step" | "lose"; readonly at: number; readonly value: number };

const event: fc.Arbitrary<Event> = fc.record({
  do: fc.constantFrom(
    "list",
    "forced list",
    "get",
    "update",
    "remove",
    "create",
    "foreign",
    "step",
    "step",
    "step",
    "step",
    "lose",
  ),
  at: fc.nat(5),
  value: fc.nat(3),
});

const lost = (): ApiError =>
  new ApiError({ api: "MAAS", method: "", endpoint: "", status: 502, detail: "lost", advice: "" });
const refused = (status: number): ApiError =>
  new ApiError({
    api: "MAAS",
    method: "",
    endpoint: "",
    status,
    detail: "refused",
    ...(status === 404 ? { absent: true } : {}),
  });

/** A server whose requests wait to be handled and to be answered until the test says so. */
class SteppedServer {
  readonly waiting: { handle: () => void; answer: () => void; lose: () => void; handled: boolean; settled: boolean }[] =
    [];
  readonly transport: Transport;
  /** Whether a request was handled after its sender had given it up: no client can know of that change. */
  handledLate = false;

  constructor(private readonly handle: (request: MaasRequest) => unknown) {
    const send = (request: MaasRequest): Promise<unknown> =>
      new Promise((resolve, reject) => {
        let result: () => void = () => undefined;
        const entry = {
          handled: false,
          settled: false,
          handle: () => {
            entry.handled = true;
            this.handledLate ||= entry.settled;
            try {
              const value = structuredClone(this.handle(request));
              result = () => resolve(value);
            } catch (failure) {
              result = () => reject(failure instanceof Error ? failure : new Error(String(failure)));
            }
          },
          answer: () => {
            entry.settled = true;
            result();
          },
          lose: () => {
            entry.settled = true;
            reject(lost());
          },
        };
        this.waiting.push(entry);
      });
    this.transport = { json: send, send } as unknown as Transport;
  }

  /** Moves a waiting request on by one step: to the server, then back. */
  step(index: number): void {
    const open = this.waiting.filter(({ handled, settled }) => !handled || !settled);
    const entry = open[index % Math.max(1, open.length)];
    if (entry === undefined) return;
    if (!entry.handled) entry.handle();
    else if (!entry.settled) entry.answer();
  }

  /** Loses the answer of a waiting request; the server may have handled it, or handle it later. */
  lose(index: number): void {
    const open = this.waiting.filter(({ settled }) => !settled);
    open[index % Math.max(1, open.length)]?.lose();
  }

  /** Handles and answers everything that waits and what follows from it. */
  async drain(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await new Promise(setImmediate);
      const open = this.waiting.filter(({ handled, settled }) => !handled || !settled);
      quiet = open.length === 0 ? quiet + 1 : 0;
      for (const entry of open) {
        if (!entry.handled) entry.handle();
        if (!entry.settled) entry.answer();
      }
    }
  }
}

interface Pool {
  id: number;
  name: string;
  description: string;
}

/** Pools with unique names, as a server keeps them. */
class Pools {
  readonly objects = new Map<number, Pool>([0, 1, 2].map((id) => [id, { id, name: `p${id}`, description: "0" }]));
  private next = 3;

  handle(request: MaasRequest): unknown {
    const [, key] = /^pool\/(\d+)\/$/.exec(request.path) ?? [];
    const form = request.form as Partial<Pool> | undefined;
    if (key === undefined && request.method === "GET") return [...this.objects.values()];
    if (key === undefined) {
      if ([...this.objects.values()].some(({ name }) => name === form?.name)) throw refused(400);
      const made = { id: this.next, name: String(form?.name), description: "new" };
      this.next += 1;
      this.objects.set(made.id, made);
      return made;
    }
    const found = this.objects.get(Number(key));
    if (found === undefined) throw refused(404);
    if (request.method === "DELETE") this.objects.delete(found.id);
    else if (request.method === "PUT") this.objects.set(found.id, { ...found, description: String(form?.description) });
    return this.objects.get(found.id) ?? {};
  }
}

const byId = (left: { id: number }, right: { id: number }): number => left.id - right.id;

describe("RestCollection under any interleaving", () => {
  it("shows in the end what the server holds, whatever overlapped or was lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const pools = new Pools();
        const server = new SteppedServer((request) => pools.handle(request));
        const collection = new RestCollection<Pool>(server.transport, {
          list: "pools/",
          one: (key) => `pool/${key}/`,
          keyOf: ({ id }) => String(id),
          schema: poolSchema,
          plural: "pools",
        });
        const calls: Promise<unknown>[] = [];
        let foreign = false;
        for (const { do: what, at, value } of events) {
          if (what === "list") calls.push(collection.list());
          else if (what === "forced list") calls.push(collection.list(0));
          else if (what === "get") calls.push(collection.get(String(at)));
          else if (what === "update") calls.push(collection.update(String(at), { description: String(value) }));
          else if (what === "remove") calls.push(collection.remove(String(at)));
          else if (what === "create")
            calls.push(collection.create({ name: `n${value}` }, ({ name }) => name === `n${value}`));
          else if (what === "step") server.step(at);
          else if (what === "lose") server.lose(at);
          else if (pools.objects.has(at)) {
            foreign = true;
            pools.objects.set(at, { id: at, name: `p${at}`, description: `foreign ${value}` });
          }
          for (const call of calls) call.catch(() => undefined);
          await Promise.resolve();
        }
        await server.drain();
        // What others do, and a request that arrives after it was given up, is seen by the next list that is sent, and no
        // earlier answer may win over it.
        const late = foreign || server.handledLate ? collection.list(0) : collection.list();
        await Promise.all([server.drain(), late]);
        const expected = [...pools.objects.values()].sort(byId);
        const seen = collection.list();
        await server.drain();
        assert.deepEqual([...(await seen)].sort(byId), expected);
      }),
      { numRuns: 300 },
    );
  });
});

interface Vlan {
  id: number;
  vid: number;
  fabric_id: number;
  mtu: number;
}

/** Two fabrics and their VLANs, whose vids are unique in a fabric. */
class Net {
  readonly vlans = new Map<number, Vlan>([1, 2].map((id) => [id, { id, vid: 0, fabric_id: id, mtu: 1500 }]));
  posts = 0;
  private next = 10;

  handle(request: MaasRequest): unknown {
    const { method, path } = request;
    const form = (request.form ?? {}) as Record<string, number | undefined>;
    const [, fabricId, inside] = /^fabrics\/(\d+)\/(vlans\/)?$/.exec(path) ?? [];
    const [, vlanId] = /^vlans\/(\d+)\/$/.exec(path) ?? [];
    if (path === "fabrics/") return [this.fabric(1), this.fabric(2)];
    if (inside !== undefined) {
      this.posts += 1;
      const fabric_id = Number(fabricId);
      const vid = Number(form["vid"]);
      if ([...this.vlans.values()].some((vlan) => vlan.fabric_id === fabric_id && vlan.vid === vid)) throw refused(400);
      const made = { id: this.next, vid, fabric_id, mtu: 1500 };
      this.next += 1;
      this.vlans.set(made.id, made);
      return made;
    }
    if (fabricId !== undefined) return this.fabric(Number(fabricId));
    const found = this.vlans.get(Number(vlanId));
    if (found === undefined) throw refused(404);
    if (method === "DELETE") this.vlans.delete(found.id);
    if (method === "PUT") {
      const { mtu = found.mtu, fabric = found.fabric_id } = form;
      this.vlans.set(found.id, { ...found, mtu, fabric_id: fabric });
    }
    return this.vlans.get(found.id) ?? {};
  }

  fabric(id: number) {
    return { id, name: `f${id}`, vlans: [...this.vlans.values()].filter(({ fabric_id }) => fabric_id === id) };
  }
}

describe("Fabrics under any interleaving", () => {
  it("create each VLAN once and count it as created, and show in the end what the server holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const net = new Net();
        const server = new SteppedServer((request) => net.handle(request));
        const fabrics = new Fabrics(server.transport);
        const created = new Map<number, Promise<{ vid: number }>>();
        const calls: Promise<unknown>[] = [];
        let losses = 0;
        for (const { do: what, at, value } of events) {
          const vid = 100 + value;
          if (what === "list") calls.push(fabrics.list());
          else if (what === "forced list") calls.push(fabrics.list(0));
          else if (what === "get") calls.push(fabrics.vlanById(String(1 + (at % 2))));
          else if (what === "update") calls.push(fabrics.updateVlan(1 + (at % 2), { mtu: 1500 + value }));
          else if (what === "remove") calls.push(fabrics.removeVlan(String(10 + (at % 2))));
          else if (what === "create" && !created.has(vid)) {
            const making = fabrics.createVlan(net.fabric(1) as never, { vid });
            created.set(vid, making);
            calls.push(making);
          } else if (what === "step") server.step(at);
          else if (what === "lose" && losses < 1) {
            losses += 1;
            server.lose(at);
          }
          for (const call of calls) call.catch(() => undefined);
          await Promise.resolve();
        }
        await server.drain();
        const seen = server.handledLate ? fabrics.list(0) : fabrics.list();
        await server.drain();
        const shown = (await seen)
          .flatMap(({ vlans }) => vlans)
          .map(({ id, vid, mtu, fabric_id }) => ({ id, vid, fabric_id, mtu }));
        assert.deepEqual(shown.sort(byId), [...net.vlans.values()].sort(byId));
        if (!events.some(({ do: what }) => what === "remove")) {
          const outcomes = await Promise.allSettled(created.values());
          const failed = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
          // The look after a lost answer may be the one that is lost: then the run fails, and nothing is called adopted.
          assert.ok(
            failed.every((text) => text.includes("lost")),
            failed.join("; "),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("find a VLAN whose answer is lost while another is created and an older list is under way", async () => {
    const net = new Net();
    const server = new SteppedServer((request) => net.handle(request));
    const fabrics = new Fabrics(server.transport);
    const fabric = net.fabric(1) as never;
    const old = fabrics.list();
    server.step(0);
    const first = fabrics.createVlan(fabric, { vid: 100 });
    const second = fabrics.createVlan(fabric, { vid: 200 });
    await Promise.resolve();
    server.waiting[1]?.handle();
    server.waiting[1]?.lose();
    server.waiting[2]?.handle();
    server.waiting[2]?.answer();
    await new Promise(setImmediate);
    await server.drain();
    assert.equal((await old).length, 2);
    assert.deepEqual([(await first).vid, (await second).vid], [100, 200]);
    assert.equal(net.posts, 2);
  });
});
