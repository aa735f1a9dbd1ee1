import assert from "node:assert/strict";
import { elements, member, RegionClient } from "./region-client";

describe("Transport of the simulated region", () => {
  let region: RegionClient;

  before(async () => {
    region = await RegionClient.start();
  });

  after(() => region.close());

  it("knows paths with a trailing slash only", async () => {
    const reply = await region.get("/zones");
    assert.deepEqual([reply.status, reply.body], [404, "Unknown API endpoint: /MAAS/api/2.0/zones."]);
    assert.equal((await region.get("/nosuch/")).body, "Unknown API endpoint: /MAAS/api/2.0/nosuch/.");
  });

  it("answers a verb that an endpoint does not have with an empty 405", async () => {
    for (const method of ["PATCH", "DELETE", "PUT"]) {
      const reply = await region.send(method, "/zones/");
      assert.deepEqual([reply.status, reply.body, reply.headers["allow"]], [405, "", "GET, POST"]);
    }
  });

  it("names an operation that it does not have", async () => {
    assert.equal((await region.get("/account/")).body, "Unrecognised signature: method=GET op=None");
    const reply = await region.post("/zones/?op=explode");
    assert.deepEqual([reply.status, reply.body], [400, "Unrecognised signature: method=POST op=explode"]);
  });

  it("takes the operation from the form of a POST too", async () => {
    const reply = await region.post("/maas/", { op: "set_config", name: "theme", value: "dark" });
    assert.deepEqual([reply.status, reply.body], [200, "OK"]);
    assert.equal((await region.get("/maas/?op=get_config&name=theme")).body, "dark");
  });

  it("reads urlencoded, multipart and JSON bodies alike", async () => {
    const boundary = "a-boundary";
    const part = (name: string, value: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const multipart = `${part("name", "by-multipart")}${part("description", "two lines\r\nhere")}--${boundary}--\r\n`;
    const raws = [
      { contentType: `multipart/form-data; boundary=${boundary}`, body: multipart },
      { contentType: "application/json", body: JSON.stringify({ name: "by-json", description: "j" }) },
      { contentType: "application/x-www-form-urlencoded", body: "name=by-form&description=f" },
    ];
    for (const raw of raws) assert.equal((await region.post("/resourcepools/", {}, { raw })).status, 200);
    const names = elements((await region.get("/resourcepools/")).body).map((pool) => member(pool, "name"));
    assert.deepEqual(names, ["by-form", "by-json", "by-multipart", "default"]);
  });

  it("takes the last of a repeated parameter", async () => {
    const reply = await region.post("/zones/", { name: ["first", "second"] });
    assert.equal(member(reply.body, "name"), "second");
  });

  it("ignores fields that it does not know", async () => {
    assert.equal((await region.put("/zones/default/", { colour: "blue" })).status, 200);
  });

  it("tells refusals that it raises from answers by their headers", async () => {
    const refused = await region.post("/zones/", { name: "" });
    assert.equal(refused.headers["x-maas-api-hash"], undefined);
    assert.equal(refused.headers["vary"], "Cookie");
    const absent = await region.get("/zones/nosuch/");
    assert.equal(absent.headers["content-type"], "text/plain");
    assert.notEqual(absent.headers["x-maas-api-hash"], undefined);
  });

  it("counts requests and how many were under way at once, without queries' secrets or bodies", async () => {
    const { requests, faults } = region.simulator;
    requests.clear();
    const slow = faults.add({ kind: "latency", milliseconds: 60, path: "/spaces/" });
    await Promise.all([region.get("/spaces/"), region.get("/spaces/"), region.post("/spaces/", { name: "s" })]);
    faults.clear(slow.id);
    assert.equal(requests.length, 3);
    assert.equal(requests.inFlightHighWaterMark, 3);
    assert.equal(requests.inFlight, 0);
    const [first] = requests.list();
    assert.deepEqual([first?.method, first?.path, first?.status], ["GET", "/MAAS/api/2.0/spaces/", 200]);
    assert.ok(!JSON.stringify(requests.list()).includes("OAuth"));
  });
});
