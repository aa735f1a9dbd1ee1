import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { tagKind } from "../../../providers/maas/tag";
import { hostArgs, makeSite } from "./hosts";
import { region } from "./region";

describe("pool membership (simulated MAAS)", () => {
  const maas = region();
  beforeEach(async () => {
    maas.simulator.reset();
    await makeSite(maas.command());
  });

  async function member(more: PlainObject = {}) {
    const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
    const args = { ...hostArgs(machine).place, ...more };
    maas.simulator.requests.clear();
    return { args, machine, kept: await maas.command().up(poolMembershipKind, args) };
  }
  const standing = (): PlainObject => {
    const { store } = maas.simulator;
    const machine = store.machines.find(({ systemId }) => systemId === worker);
    assert.ok(machine);
    const { poolId, zoneId, domainId, description, hostname, tags } = machine as unknown as PlainObject;
    return { poolId, zoneId, domainId, description, hostname, tags } as PlainObject;
  };
  let worker = "";
  beforeEach(() => {
    worker = maas.simulator.store.machines.find(({ hostname }) => hostname === "worker-1")?.systemId ?? "";
  });

  it("is one write, is taken back whole, and writes nothing when it stands already", async () => {
    const before = standing();
    const { kept, args } = await member();
    const puts = maas.simulator.requests.list().filter(({ method }) => method === "PUT");
    assert.equal(puts.length, 1);
    const refreshed = await maas.command().refresh(poolMembershipKind, kept);
    assert.ok(refreshed);
    assert.equal((await maas.command().diff(poolMembershipKind, refreshed, args)).changes, false);
    maas.simulator.requests.clear();
    await maas.command().up(poolMembershipKind, args);
    assert.equal(maas.simulator.requests.list().filter(({ method }) => method !== "GET").length, 0);
    await maas.command().destroy(poolMembershipKind, kept);
    assert.deepEqual(standing(), before);
  });

  for (const [input, fields] of [
    ["pool", { pool: "default" }],
    ["zone", { zone: "default" }],
    ["domain", { domain: "hand.test" }],
    ["description", { description: "by hand" }],
    ["hostname", { hostname: "by-hand" }],
  ] as const) {
    it(`shows that ${input} was changed by hand, and heals it`, async () => {
      const { kept, args } = await member({ hostname: "rack7-u12" });
      const stranger = maas.command().link.client;
      await stranger.domains.create({ name: "hand.test" }, () => false);
      await stranger.machines.update(worker, fields);
      const seen = await maas.command().refresh(poolMembershipKind, kept);
      assert.ok(seen);
      assert.notEqual(seen.state[input], kept.state[input]);
      assert.equal((await maas.command().diff(poolMembershipKind, seen, args)).changes, true);
      const healed = await maas.command().update(poolMembershipKind, seen, args);
      const after = await maas.command().refresh(poolMembershipKind, healed);
      assert.ok(after);
      assert.equal((await maas.command().diff(poolMembershipKind, after, args)).changes, false);
    });
  }

  it("puts tags on, sees one that was taken off, and takes off only its own", async () => {
    for (const name of ["own", "theirs"]) await maas.command().up(tagKind, { name });
    await maas.command().link.client.tags.updateNodes("theirs", [worker], []);
    const { kept, args } = await member({ tags: ["own", "theirs"] });
    assert.deepEqual(kept.state.tags, ["own", "theirs"]);
    await maas.command().link.client.tags.updateNodes("own", [], [worker]);
    const seen = await maas.command().refresh(poolMembershipKind, kept);
    assert.deepEqual(seen?.state.tags, ["theirs"]);
    const healed = await maas.command().update(poolMembershipKind, kept, args);
    await maas.command().destroy(poolMembershipKind, healed);
    assert.deepEqual((await maas.command().link.client.machines.read(worker))?.tag_names, ["theirs"]);
    await assert.rejects(member({ tags: ["nosuch"] }), /MAAS has no tag "nosuch"/);
  });

  it("names pool, zone and domain that MAAS does not have", async () => {
    await assert.rejects(
      member({ pool: "nosuch", zone: "nowhere" }),
      /no resource pool "nosuch" and no zone "nowhere"/,
    );
    await assert.rejects(member({ domain: "nosuch.test" }), /no domain "nosuch\.test"/);
  });

  it("explains that MAAS refuses every change of a machine without images", async () => {
    maas.simulator.store.site.bootResources = [];
    await assert.rejects(member(), /no synced image for amd64.*Sync an image/);
  });

  it("keeps a machine in its pool while somebody runs something on it", async () => {
    const { kept } = await member();
    maas.simulator.setMachineStatus("worker-1", "deployed");
    await assert.rejects(
      maas.command().destroy(poolMembershipKind, kept),
      /worker-1.*still in use.*Deployed.*Release it first/,
    );
    assert.ok(await maas.command().refresh(poolMembershipKind, kept));
  });

  it("names a locked machine, which MAAS refuses without a word", async () => {
    const { kept, args } = await member();
    maas.simulator.setMachineStatus("worker-1", "deployed");
    await maas.command().link.client.machines.operate(worker, "lock");
    const moved = { ...args, description: "Moved" };
    await assert.rejects(maas.command().update(poolMembershipKind, kept, moved), /worker-1.*is locked.*machine unlock/);
  });

  it("falls back to MAAS's defaults when the former pool is gone, and says so", async () => {
    const stranger = maas.command().link.client;
    const pool = await stranger.pools.create({ name: "former" }, () => false);
    await stranger.machines.update(worker, { pool: "former" });
    const { kept } = await member();
    await maas.command().link.client.pools.remove(String(pool.id));
    const command = maas.command();
    await command.destroy(poolMembershipKind, kept);
    assert.ok(
      command.told.some((line) => /former resource pool former is gone/.test(line)),
      command.told.join("\n"),
    );
    assert.equal((await stranger.machines.read(worker))?.pool.name, "default");
  });
});
