import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMaasSimulator } from "../../../lab/maas";
import { elements, member, RegionClient, textAt } from "./region-client";

describe("Faults of the simulated region", () => {
  let region: RegionClient;

  beforeEach(async () => {
    region = await RegionClient.start();
  });

  afterEach(() => region.close());

  async function zones(): Promise<number> {
    region.simulator.faults.clear();
    return elements((await region.get("/zones/")).body).length;
  }

  it("answers a status without doing the work, so often and after so many", async () => {
    region.simulator.faults.add({ kind: "status", status: 429, retryAfter: 3, method: "POST", skip: 1, count: 1 });
    const statuses: number[] = [];
    for (const name of ["a", "b", "c"]) {
      const reply = await region.post("/zones/", { name });
      if (reply.status === 429) assert.equal(reply.headers["retry-after"], "3");
      statuses.push(reply.status);
    }
    assert.deepEqual(statuses, [200, 429, 200]);
    assert.equal(await zones(), 3);
  });

  it("answers 502 after the work was done", async () => {
    region.simulator.faults.add({ kind: "status-after-work", path: "/zones/" });
    assert.equal((await region.post("/zones/", { name: "a" })).status, 502);
    assert.equal(await zones(), 2);
  });

  it("cuts the connection before or after the work", async () => {
    const { faults } = region.simulator;
    faults.add({ kind: "reset", path: "/zones/", count: 1 });
    await assert.rejects(region.post("/zones/", { name: "a" }));
    assert.equal(await zones(), 1);
    faults.add({ kind: "reset-after-work", path: "/zones/", count: 1 });
    await assert.rejects(region.post("/zones/", { name: "a" }));
    assert.equal(await zones(), 2);
  });

  it("strikes what it is meant for only", async () => {
    const { faults } = region.simulator;
    faults.add({ kind: "status", status: 503, path: "/domains/*/", operation: "set_default" });
    assert.equal((await region.get("/domains/0/")).status, 200);
    assert.equal((await region.post("/domains/0/?op=set_default")).status, 503);
    assert.equal(faults.list().length, 1);
  });

  it("lets an action of a machine fail with a message, once", () => {
    const { faults, store } = region.simulator;
    faults.add({ kind: "outcome", action: "deploy", machine: "worker-1", message: "no boot", count: 1 });
    assert.equal(store.failure("release", "abc123", "worker-1"), undefined);
    assert.equal(store.failure("deploy", "abc123", "worker-2"), undefined);
    assert.equal(store.failure("deploy", "abc123", "worker-1"), "no boot");
    assert.equal(store.failure("deploy", "abc123", "worker-1"), undefined);
  });
});

describe("The lab's own surface of the simulated region", () => {
  let region: RegionClient;

  before(async () => {
    region = await RegionClient.start({});
  });

  after(() => region.close());

  function asAdmin(): { authorization: string } {
    return { authorization: `Bearer ${region.simulator.adminToken}` };
  }

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const raw = { contentType: "application/json", body: JSON.stringify(body ?? {}) };
    const reply = await region.send(method, path, undefined, { ...asAdmin(), ...(body !== undefined && { raw }) });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body;
  }

  it("is closed to a MAAS key", async () => {
    assert.equal((await region.get("/lab/dump")).status, 401);
    assert.equal((await region.get("/lab/nosuch", asAdmin())).status, 404);
  });

  it("dumps the state without secrets", async () => {
    const dump = JSON.stringify(await call("GET", "/lab/dump"));
    const [consumer = "", , secret = ""] = region.simulator.apiKey.split(":");
    assert.ok(dump.includes(consumer));
    assert.ok(!dump.includes(secret));
  });

  it("switches faults, time and a machine's status", async () => {
    const fault = (await call("POST", "/lab/faults", { kind: "status", status: 500, path: "/zones/" })) as {
      id: number;
    };
    assert.equal((await region.get("/zones/")).status, 500);
    await call("DELETE", `/lab/faults/${fault.id}`);
    assert.equal((await region.get("/zones/")).status, 200);
    await call("POST", "/lab/time-scale", { timeScale: 600 });
    assert.equal(region.simulator.store.timeScale, 600);
    await call("POST", "/lab/machine-status", { machine: "cp-1", status: "deployed" });
    const [machine] = elements((await region.get("/machines/?hostname=cp-1")).body);
    assert.equal(member(machine, "status_name"), "Deployed");
    await call("POST", "/lab/machine-operation", { machine: "cp-1", operation: "lock" });
    const [locked] = elements((await region.get("/machines/?hostname=cp-1")).body);
    assert.equal(member(locked, "locked"), true);
  });

  it("goes back to the seed with the same key", async () => {
    await region.post("/zones/", { name: "gone" });
    await call("POST", "/lab/reset");
    assert.equal(elements((await region.get("/zones/")).body).length, 1);
    assert.equal(elements((await region.get("/machines/")).body).length, 14);
    assert.equal(((await call("GET", "/lab/requests")) as { requests: unknown[] }).requests.length, 2);
  });
});

describe("The state file of the simulated region", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "maas-state-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps everything over a restart, and is the owner's only", async () => {
    const stateFile = join(folder, "region", "maas.json");
    const first = await RegionClient.start({ stateFile });
    await first.post("/zones/", { name: "kept" });
    const { apiKey } = first.simulator;
    await first.close();
    assert.equal(statSync(stateFile).mode & 0o777, 0o600);
    const second = new RegionClient(await startMaasSimulator({ stateFile, apiKey, seed: { workers: 1 } }));
    const names = elements((await second.get("/zones/")).body).map((zone) => member(zone, "name"));
    assert.deepEqual(names, ["default", "kept"]);
    assert.equal(elements((await second.get("/machines/")).body).length, 14, "a seed does not matter any more");
    await second.close();
  });

  it("writes soon after a change, whole", async () => {
    const stateFile = join(folder, "maas.json");
    const region = await RegionClient.start({ stateFile, seed: false });
    await region.post("/zones/", { name: "soon" });
    const written = (): boolean => readFileSync(stateFile, "utf8").includes('"soon"');
    for (let turn = 0; turn < 200 && !written(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(written());
    JSON.parse(readFileSync(stateFile, "utf8"));
    await region.close();
  });

  it("goes on with what was under way", async () => {
    const stateFile = join(folder, "maas.json");
    const first = await RegionClient.start({ stateFile, timeScale: 0.001 });
    const [machine] = elements((await first.get("/machines/?hostname=cp-1")).body);
    const id = textAt(machine, "system_id");
    await first.post("/machines/?op=allocate", { system_id: id });
    await first.post(`/machines/${id}/?op=release`);
    assert.equal(member((await first.get(`/machines/${id}/`)).body, "status_name"), "Disk erasing");
    const { apiKey } = first.simulator;
    await first.close();
    const second = new RegionClient(await startMaasSimulator({ stateFile, apiKey, timeScale: 0.001 }));
    second.simulator.setTimeScale(1e9);
    const status = async (): Promise<unknown> => member((await second.get(`/machines/${id}/`)).body, "status_name");
    for (let turn = 0; turn < 200 && (await status()) !== "Ready"; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(await status(), "Ready");
    await second.close();
  });
});
