import assert from "node:assert/strict";
import { idOf, member, RegionClient } from "./region-client";

const CONFLICT = "Requested reserved range conflicts with an existing range.";
const DYNAMIC_CONFLICT = "Requested dynamic range conflicts with an existing IP address or range.";

describe("IP ranges and static routes of the simulated region", () => {
  let region: RegionClient;
  let subnet: string;

  beforeEach(async () => {
    region = await RegionClient.start();
    subnet = String(
      idOf(await region.post("/subnets/", { cidr: "10.20.0.0/16", name: "data", gateway_ip: "10.20.0.1" })),
    );
  });

  afterEach(() => region.close());

  async function range(type: string, start: string, end: string, more: Record<string, string> = {}): Promise<unknown> {
    const reply = await region.post("/ipranges/", { type, start_ip: start, end_ip: end, ...more });
    return reply.status === 200 ? idOf(reply) : [reply.status, reply.body];
  }

  it("finds its subnet by its addresses, and takes it by id only", async () => {
    assert.equal(typeof (await range("reserved", "10.20.1.1", "10.20.1.9")), "number");
    assert.equal(typeof (await range("reserved", "10.20.2.1", "10.20.2.9", { subnet })), "number");
    const wrong = { subnet: ["Select a valid choice. That choice is not one of the available choices."] };
    for (const name of ["data", "10.20.0.0/16", "cidr:10.20.0.0/16"]) {
      assert.deepEqual(await range("reserved", "10.20.3.1", "10.20.3.9", { subnet: name }), [400, wrong]);
    }
    assert.deepEqual(await range("reserved", "10.99.0.1", "10.99.0.9"), [400, { subnet: ["This field is required."] }]);
  });

  it("refuses overlaps at both ends", async () => {
    await range("reserved", "10.20.1.10", "10.20.1.20");
    const both = (text: string): unknown => [400, { start_ip: [text], end_ip: [text] }];
    assert.deepEqual(await range("reserved", "10.20.1.15", "10.20.1.30"), both(CONFLICT));
    assert.deepEqual(await range("dynamic", "10.20.1.15", "10.20.1.30"), both(DYNAMIC_CONFLICT));
    assert.deepEqual(await range("dynamic", "10.20.0.1", "10.20.0.9"), both(DYNAMIC_CONFLICT), "over the gateway");
    assert.equal(
      typeof (await range("reserved", "10.20.0.1", "10.20.0.9")),
      "number",
      "reserved goes over the gateway",
    );
  });

  it("refuses ends in the wrong place", async () => {
    const cases: [string, string, unknown][] = [
      ["10.20.0.9", "10.20.0.5", { end_ip: ["End IP address must not be less than Start IP address."] }],
      ["10.20.0.0", "10.20.0.5", { start_ip: ["Reserved network address cannot be included in IP range."] }],
      ["10.20.255.9", "10.20.255.255", { end_ip: ["Broadcast address cannot be included in IP range."] }],
      ["10.20.255.9", "10.21.0.5", { end_ip: ["End IP address must be within subnet: 10.20.0.0/16."] }],
    ];
    for (const [start, end, body] of cases)
      assert.deepEqual(await range("reserved", start, end, { subnet }), [400, body]);
  });

  it("breaks on what it computes with before it checks it", async () => {
    for (const [type, start, end] of [
      ["reserved", "abc", "10.20.0.9"],
      ["dynamic", "10.20.0.9", "10.20.0.5"],
      ["dynamic", "10.99.0.1", "10.99.0.9"],
    ] as const) {
      const reply = await region.post("/ipranges/", { type, start_ip: start, end_ip: end });
      assert.equal(reply.status, 500, `${type} ${start}`);
    }
  });

  it("changes type and ends, and ignores an empty comment", async () => {
    const id = (await range("reserved", "10.20.1.10", "10.20.1.20", { comment: "for the routers" })) as number;
    const changed = await region.put(`/ipranges/${id}/`, { type: "dynamic", end_ip: "10.20.1.25", comment: "" });
    assert.deepEqual(
      ["type", "end_ip", "comment"].map((name) => member(changed.body, name)),
      ["dynamic", "10.20.1.25", "for the routers"],
    );
    assert.equal(member(member(changed.body, "user"), "username"), "admin");
  });

  it("takes a route's subnets by id, name, CIDR or specifier, each route once", async () => {
    await region.post("/subnets/", { cidr: "10.30.0.0/16", name: "remote" });
    const pairs = [
      ["data", "remote"],
      ["10.20.0.0/16", "cidr:10.30.0.0/16"],
      [subnet, "name:remote"],
    ];
    for (const [index, [source = "", destination = ""]] of pairs.entries()) {
      const reply = await region.post("/static-routes/", { source, destination, gateway_ip: `10.20.0.${index + 5}` });
      assert.deepEqual([reply.status, member(reply.body, "metric")], [200, 0]);
    }
    const again = await region.post("/static-routes/", {
      source: "data",
      destination: "remote",
      gateway_ip: "10.20.0.5",
    });
    assert.deepEqual([again.status, again.headers["content-type"]], [400, "application/json"]);
    assert.deepEqual(again.body, {
      __all__: ["Static route with this Source, Destination and Gateway IP already exists."],
    });
  });

  it("refuses a route that leads nowhere", async () => {
    const post = async (fields: Record<string, string>): Promise<unknown> =>
      (await region.post("/static-routes/", fields)).body;
    await region.post("/subnets/", { cidr: "10.30.0.0/16", name: "remote" });
    assert.deepEqual(await post({}), {
      source: ["This field is required."],
      destination: ["This field is required."],
      gateway_ip: ["This field is required."],
    });
    assert.deepEqual(await post({ source: "data", destination: "remote", gateway_ip: "10.9.9.9" }), {
      gateway_ip: ["Enter an IP address in 10.20.0.0/16."],
      __all__: ["gateway_ip must be with in the source subnet."],
    });
    assert.deepEqual(await post({ source: "data", destination: "data", gateway_ip: "10.20.0.9" }), {
      __all__: ["source and destination cannot be the same subnet."],
    });
    assert.deepEqual(await post({ source: "data", destination: "4711", gateway_ip: "10.20.0.9" }), {
      destination: ["None found with id=4711."],
    });
    assert.deepEqual(await post({ source: "data", destination: "10.77.0.0/16", gateway_ip: "10.20.0.9" }), {
      destination: ["Select a valid choice. That choice is not one of the available choices."],
    });
  });
});
