import assert from "node:assert/strict";
import { z } from "zod";
import { clusterByName } from "../../../../providers/palette/client/clusters";
import { requestBody } from "../../../../providers/palette/client/request-body";
import { tenant } from "../tenant";

describe("client of Palette (simulated Palette)", () => {
  const site = tenant();

  beforeEach(() => site.palette.reset());

  /** How often an operation was asked for since the start of the test. */
  const asked = (method: string, path: string): number =>
    site.palette.requests.entries.filter((entry) => entry.method === method && entry.path === path).length;

  it("sends every request in the scope of its project, but the one that finds the project", async () => {
    const { client } = site.command().link;
    await client.list("/v1/cloudaccounts/maas", z.unknown(), "accounts");
    await client.get("/v1/overlords", z.unknown());
    await clusterByName(client, "nobody");
    const unscoped = site.palette.requests.entries.filter(({ projectScoped }) => !projectScoped);
    assert.deepEqual(
      unscoped.map(({ path }) => path),
      ["/v1/dashboard/projects/metadata"],
    );
    assert.ok(site.palette.requests.entries.length >= 4);
  });

  it("does not repeat a 500: it is mostly a broken rule of Palette", async () => {
    const { client } = site.command().link;
    site.palette.faults.add({ kind: "internal-error", verb: "GET", path: "/v1/overlords" });
    await assert.rejects(client.get("/v1/overlords", z.unknown()), /answered 500/);
    assert.equal(asked("GET", "/v1/overlords"), 1);
  });

  it("asks again after 429 and, where that is harmless, after a lost answer", async () => {
    const { client } = site.command().link;
    for (const kind of ["too-many-requests", "bad-gateway-after-work"] as const) {
      site.palette.faults.add({ kind, verb: "GET", path: "/v1/overlords", times: 1 });
      await client.get("/v1/overlords", z.unknown());
    }
    assert.equal(asked("GET", "/v1/overlords"), 4);
  });

  it("sends no POST twice whose answer was lost: it looks by name first", async () => {
    const { client } = site.command().link;
    const path = "/v1/clusterprofiles";
    const template = { type: "add-on", packs: [] };
    const body = requestBody(z.unknown(), { metadata: { name: "p" }, spec: { version: "1.0.0", template } });
    site.palette.faults.add({ kind: "reset-after-work", verb: "POST", path, times: 1 });
    const found = await client.create({ path, body }, () => Promise.resolve({ uid: "found by name" }));
    assert.equal(found.uid, "found by name");
    assert.equal(asked("POST", path), 1);
  });
});
