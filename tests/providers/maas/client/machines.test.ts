import assert from "node:assert/strict";
import type { MachineAnswer } from "../../../../providers/maas/client/machine-types";
import { Machines } from "../../../../providers/maas/client/machines";
import type { MaasRequest, Transport } from "../../../../providers/maas/client/transport";

const IDS = ["aaaaaa", "bbbbbb", "cccccc"];

/** A MAAS of three machines whose answers the test can hold back, and a clock that it moves. */
function fixture() {
  const asked: string[] = [];
  const versions = new Map(IDS.map((id) => [id, 0]));
  let now = 0;
  let gate: Promise<void> = Promise.resolve();
  const machine = (id: string) => ({ system_id: id, hostname: `v${versions.get(id) ?? "?"}` }) as MachineAnswer;
  const answer = async (request: MaasRequest): Promise<unknown> => {
    const [, id] = /^machines\/(\w+)\/$/.exec(request.path) ?? [];
    asked.push(`${request.method} ${request.path}`);
    if (request.method !== "GET") for (const key of IDS) if (request.path.includes(key)) bump(key);
    const seen = id === undefined ? IDS.map(machine) : machine(id);
    if (request.method === "GET") await gate;
    return seen;
  };
  const bump = (id: string) => versions.set(id, (versions.get(id) ?? 0) + 1);
  const transport = {
    json: answer,
    send: async (request: MaasRequest) => ({ status: 200, text: JSON.stringify(await answer(request)) }),
  } as unknown as Transport;
  return {
    machines: new Machines(transport, () => now),
    asked,
    pass: (seconds: number) => (now += seconds * 1000),
    /** Holds answers to reads back until the returned function is called. */
    hold: () => {
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => (release = resolve));
      return release;
    },
    interfacesChanged: (id: string): MaasRequest => ({ method: "PUT", path: `nodes/${id}/interfaces/1/` }),
  };
}

async function hostnames(machines: Machines): Promise<(string | undefined)[]> {
  return Promise.all(IDS.map(async (id) => (await machines.get(id))?.hostname));
}

describe("Machines", () => {
  it("are listed once, and again for all at once when that is long ago", async () => {
    const { machines, asked, pass } = fixture();
    await hostnames(machines);
    pass(100);
    await hostnames(machines);
    assert.deepEqual(asked, ["GET machines/"]);
    pass(100);
    await hostnames(machines);
    assert.deepEqual(asked, ["GET machines/", "GET machines/"]);
  });

  it("are known by what a write was answered, without another read", async () => {
    const { machines, asked } = fixture();
    await hostnames(machines);
    await machines.update("bbbbbb", { pool: "workers" });
    assert.deepEqual(await hostnames(machines), ["v0", "v1", "v0"]);
    assert.deepEqual(asked, ["GET machines/", "PUT machines/bbbbbb/"]);
  });

  it("are read again one by one after a change of their interfaces, and only those", async () => {
    const { machines, asked, interfacesChanged } = fixture();
    await hostnames(machines);
    await machines.change("aaaaaa", interfacesChanged("aaaaaa"));
    assert.deepEqual(await hostnames(machines), ["v1", "v0", "v0"]);
    assert.deepEqual(await hostnames(machines), ["v1", "v0", "v0"]);
    assert.deepEqual(asked.slice(2), ["GET machines/aaaaaa/"]);
  });

  it("are not taken for known by an answer to what was asked before a change", async () => {
    for (const ask of ["list", "read"] as const) {
      const { machines, hold, interfacesChanged } = fixture();
      await hostnames(machines);
      const release = hold();
      const early = ask === "list" ? machines.list(0) : machines.read("aaaaaa");
      await machines.change("aaaaaa", interfacesChanged("aaaaaa"));
      release();
      await early;
      assert.equal((await machines.get("aaaaaa"))?.hostname, "v1", ask);
    }
  });

  it("stay to be read when something else changed them while a write was under way", async () => {
    const { machines, asked } = fixture();
    await hostnames(machines);
    const writing = machines.update("cccccc", {});
    await Promise.resolve();
    machines.markStale("cccccc");
    await writing;
    await machines.get("cccccc");
    assert.equal(asked.at(-1), "GET machines/cccccc/");
  });
});
