import assert from "node:assert/strict";
import { elements, idOf, member, RegionClient, textAt } from "./region-client";

describe("Pools and zones of the simulated region", () => {
  let region: RegionClient;

  beforeEach(async () => {
    region = await RegionClient.start({});
  });

  afterEach(() => region.close());

  it("addresses a pool by id and name in the singular, lists in the plural", async () => {
    const id = idOf(await region.post("/resourcepools/", { name: "workers", description: "w" }));
    for (const key of [String(id), "workers"]) {
      assert.equal(member((await region.get(`/resourcepool/${key}/`)).body, "name"), "workers");
    }
    assert.equal((await region.get(`/resourcepools/${id}/`)).status, 404);
  });

  it("refuses a pool's name in Django's words", async () => {
    await region.post("/resourcepools/", { name: "taken" });
    const expected: [string, string][] = [
      ["taken", "Resource pool with this Name already exists."],
      ["", "This field is required."],
      ["with/slash", "Enter a valid value."],
      ["-leading", "Enter a valid value."],
      ["x".repeat(257), "Ensure this value has at most 256 characters (it has 257)."],
    ];
    for (const [name, text] of expected) {
      const reply = await region.post("/resourcepools/", { name });
      assert.deepEqual([reply.status, reply.body], [400, { name: [text] }]);
    }
    assert.equal((await region.post("/resourcepools/", { name: "TAKEN" })).status, 200, "case matters");
    assert.equal((await region.post("/resourcepools/", { name: "with space" })).status, 200);
  });

  it("changes only what an update sends; an empty text clears", async () => {
    const id = idOf(await region.post("/resourcepools/", { name: "p", description: "d" }));
    assert.equal(member((await region.put(`/resourcepool/${id}/`, { name: "q" })).body, "description"), "d");
    assert.equal(member((await region.put(`/resourcepool/${id}/`, { description: "" })).body, "description"), "");
  });

  it("keeps the default pool and pools with machines", async () => {
    const standard = await region.delete("/resourcepool/0/");
    assert.deepEqual([standard.status, standard.body], [400, "This is the default pool, it cannot be deleted."]);
    const used = await region.delete("/resourcepool/other/");
    assert.deepEqual([used.status, used.body], [400, "Pool has machines in it, it cannot be deleted."]);
  });

  it("addresses a zone by name only, and renaming moves its address", async () => {
    const id = idOf(await region.post("/zones/", { name: "az1" }));
    assert.equal((await region.get(`/zones/${id}/`)).status, 404);
    const renamed = await region.put("/zones/az1/", { name: "az2" });
    assert.equal(member(renamed.body, "resource_uri"), "/MAAS/api/2.0/zones/az2/");
    assert.equal((await region.get("/zones/az1/")).status, 404);
  });

  it("answers the deletion of a zone with 204 whether or not it exists", async () => {
    assert.equal((await region.delete("/zones/nosuch/")).status, 204);
    const standard = await region.delete("/zones/default/");
    assert.deepEqual([standard.status, standard.body], [400, "This zone is the default zone, it cannot be deleted."]);
  });

  it("moves the machines of a deleted zone to the default zone", async () => {
    await region.post("/zones/", { name: "az9" });
    const [machine] = elements((await region.get("/machines/?hostname=worker-1")).body);
    const path = `/machines/${textAt(machine, "system_id")}/`;
    assert.equal(member(member((await region.put(path, { zone: "az9" })).body, "zone"), "name"), "az9");
    assert.equal((await region.delete("/zones/az9/")).status, 204);
    assert.equal(member(member((await region.get(path)).body, "zone"), "name"), "default");
  });

  it("lists both ordered by name", async () => {
    for (const name of ["b", "a", "Z"]) await region.post("/zones/", { name });
    const names = elements((await region.get("/zones/")).body).map((zone) => member(zone, "name"));
    assert.deepEqual(names, ["Z", "a", "b", "default"]);
  });
});
