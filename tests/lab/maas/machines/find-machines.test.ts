import assert from "node:assert/strict";
import type { JsonObject } from "../../../../lab/maas/json";
import type { MaasAnswer } from "../../../../lab/maas/server/route";
import { Region, type Fields } from "./region";
import { textOf } from "./text-of";

function listed(region: Region, fields: Fields): string[] {
  return (region.ask("GET", "/machines/", fields) as JsonObject[]).map((body) => textOf(body.hostname));
}

function allocate(region: Region, fields: Fields = {}): MaasAnswer {
  return region.request("POST", "/machines/", fields, "allocate");
}

function allocated(answer: MaasAnswer): unknown {
  return (answer.json as JsonObject | undefined)?.hostname;
}

function region(): Region {
  const made = new Region(3);
  const { site } = made.store;
  site.pools.push({ id: 7, name: "workers", description: "" });
  site.zones.push({ id: 8, name: "az1", description: "" });
  for (const name of ["vmo", "spare"]) {
    site.tags.push({ id: made.store.nextId("tag"), name, definition: "", comment: "", kernelOpts: "" });
  }
  Object.assign(made.machine(2), { poolId: 7, zoneId: 8, tagNames: ["vmo"] });
  Object.assign(made.machine(3), { poolId: 7, tagNames: ["vmo", "spare"] });
  return made;
}

describe("listing machines", () => {
  it("answers the same as the single read", () => {
    const made = region();
    const [first] = made.ask("GET", "/machines/") as JsonObject[];
    assert.deepEqual(first, made.read(1));
  });

  const filters: [Fields, string[]][] = [
    [{}, ["node001", "node002", "node003"]],
    [{ hostname: ["node001", "node003"] }, ["node001", "node003"]],
    [{ hostname: "nosuch" }, []],
    [{ pool: "workers" }, ["node002", "node003"]],
    [{ pool: "workers", zone: "az1" }, ["node002"]],
    [{ not_in_pool: "workers" }, ["node001"]],
    [{ tags: "vmo" }, ["node002", "node003"]],
    [{ tags: "vmo,spare" }, ["node003"]],
    [{ not_tags: "spare" }, ["node001", "node002"]],
    [{ mac_address: "52:54:00:00:02:01" }, ["node002"]],
    [{ domain: "maas" }, ["node001", "node002", "node003"]],
    [{ status: "ready" }, ["node001", "node002", "node003"]],
    [{ status: "deployed" }, []],
    [{ cpu_count: 16 }, ["node002", "node003"]],
  ];
  for (const [fields, expected] of filters) {
    it(`by ${JSON.stringify(fields)}`, () => assert.deepEqual(listed(region(), fields), expected));
  }

  const refusals: [Fields, object][] = [
    [{ pool: "x" }, { pool: ["No such pool(s): x."] }],
    [{ zone: "x" }, { zone: ["No such zone(s): x."] }],
    [{ tags: "x" }, { tags: ["No such tag(s): 'x'."] }],
    [{ status: "bogus" }, { status: ["Select a valid choice. bogus is not one of the available choices."] }],
    [{ mac_address: "x" }, { mac_address: ["'x' is not a valid MAC address."] }],
    [{ nosuch: "x" }, { nosuch: ["No such constraint."] }],
  ];
  for (const [fields, faults] of refusals) {
    it(`refuses ${JSON.stringify(fields)}`, () => {
      const answer = region().request("GET", "/machines/", fields);
      assert.deepEqual([answer.status, answer.json], [400, faults]);
    });
  }
});

describe("allocating a machine", () => {
  it("takes the smallest that fits", () => {
    const made = region();
    assert.equal(allocated(allocate(made, { pool: "workers", cpu_count: 4, mem: 1024 })), "node002");
    assert.equal(allocated(allocate(made, { pool: "workers" })), "node003");
  });

  it("answers the machine with constraints_by_type and makes it the caller's", () => {
    const body = allocate(region()).json as JsonObject;
    assert.deepEqual([body.status_name, body.owner, body.constraints_by_type], ["Allocated", "admin", {}]);
  });

  it("finds by system id, host name, fqdn, zone and tags", () => {
    const made = region();
    assert.equal(allocated(allocate(made, { system_id: made.machine(3).systemId })), "node003");
    assert.equal(allocated(allocate(made, { name: "node001.maas" })), "node001");
    assert.equal(allocated(allocate(made, { zone: "az1", tags: "vmo", not_tags: "spare" })), "node002");
  });

  it("only looks with dry_run", () => {
    const made = region();
    assert.equal(allocated(allocate(made, { dry_run: true })), "node001");
    assert.equal(made.machine(1).owner, null);
  });

  it("says what it did not find", () => {
    const made = region();
    const nothing = allocate(made, { pool: "workers", mem: 1_000_000 });
    assert.deepEqual(
      [nothing.status, nothing.text],
      [
        409,
        "No available machine matches constraints: [('pool', ['workers']), ('mem', ['1000000'])] " +
          '(resolved to "mem=1000000.0 pool=workers")',
      ],
    );
    const { systemId } = made.machine(1);
    allocate(made, { system_id: systemId });
    assert.equal(allocate(made, { system_id: systemId }).text, `No machine with system ID ${systemId} available.`);
    for (const machine of made.store.machines) machine.status = 6;
    assert.equal(allocate(made).text, "No machine available.");
  });

  it("fails on a pool that does not exist as the real server does", () => {
    const answer = allocate(region(), { pool: "wrokers" });
    assert.deepEqual([answer.status, answer.json], [400, { pool: ["No such pool(s): wrokers."] }]);
  });

  it("takes over nothing that is not Ready", () => {
    const made = region();
    for (const machine of made.store.machines) machine.status = 8;
    assert.equal(allocate(made).status, 409);
  });
});

describe("several machines at once", () => {
  it("are moved to a zone", () => {
    const made = region();
    const nodes = [made.machine(1).systemId, made.machine(3).systemId];
    assert.equal(made.ask("POST", "/machines/", { nodes, zone: "az1" }, "set_zone"), null);
    assert.deepEqual([made.machine(1).zoneId, made.machine(2).zoneId, made.machine(3).zoneId], [8, 8, 8]);
  });

  it("are released, or none of them", () => {
    const made = region();
    const machines = [1, 2].map((number) => made.machine(number).systemId);
    allocate(made, { system_id: machines[0] ?? "" });
    made.machine(2).status = 1;
    const refused = made.request("POST", "/machines/", { machines }, "release");
    assert.equal(refused.status, 409);
    assert.equal(made.machine(1).status, 10);
    made.machine(2).status = 4;
    assert.deepEqual(made.ask("POST", "/machines/", { machines }, "release"), [machines[0]]);
  });
});
