import assert from "node:assert/strict";
import { elements, idOf, member, RegionClient, textAt, textOf } from "./region-client";

const DEFAULT_VLAN = 5001;

describe("Fabrics, VLANs and spaces of the simulated region", () => {
  let region: RegionClient;

  beforeEach(async () => {
    region = await RegionClient.start({});
  });

  afterEach(() => region.close());

  async function refusal(path: string, fields: Record<string, string>, method = "POST"): Promise<unknown> {
    const reply = await region.send(method, path, fields);
    assert.equal(reply.status, 400);
    return reply.body;
  }

  it("makes a fabric with an untagged VLAN and names it after its id when no name is given", async () => {
    const reply = await region.post("/fabrics/", { description: "never shown" });
    const [vlan] = elements(member(reply.body, "vlans"));
    assert.equal(member(reply.body, "name"), `fabric-${idOf(reply)}`);
    assert.equal(member(reply.body, "description"), undefined);
    assert.deepEqual([member(vlan, "vid"), member(vlan, "name")], [0, "untagged"]);
  });

  it("refuses reserved, illegal and taken fabric names", async () => {
    await region.post("/fabrics/", { name: "dc" });
    assert.deepEqual(await refusal("/fabrics/", { name: "fabric-7" }), { name: ["Reserved fabric name."] });
    assert.deepEqual(await refusal("/fabrics/", { name: "a b" }), { name: ["Invalid fabric name: a b."] });
    assert.deepEqual(await refusal("/fabrics/", { name: "dc" }), { name: ["Fabric with this Name already exists."] });
    assert.equal(
      (await region.put("/fabrics/0/", { name: "fabric-0" })).status,
      200,
      "its own reserved name is allowed",
    );
  });

  it("keeps the default fabric, and fabrics with subnets or interfaces", async () => {
    const standard = await region.delete("/fabrics/0/");
    assert.equal(standard.body, "This fabric is the default fabric, it cannot be deleted.");
    await region.post("/fabrics/", { name: "dc" });
    const vlans = elements((await region.get("/fabrics/dc/vlans/")).body);
    await region.post("/subnets/", { cidr: "10.9.0.0/24", vlan: textAt(vlans[0], "id") });
    await region.post("/subnets/", { cidr: "10.1.0.0/24", vlan: textAt(vlans[0], "id") });
    const used = await region.delete("/fabrics/dc/");
    const present = "10.1.0.0/24, 10.9.0.0/24";
    assert.equal(used.body, `Can't delete fabric; the following subnets are still present: ${present}`);
    const wired = await region.delete("/fabrics/1/");
    assert.match(textOf(wired), /the following interfaces are still connected: .*\(physical\) on /);
  });

  it("answers a VLAN's space by name, its relay as an object and has no list of all VLANs", async () => {
    const space = idOf(await region.post("/spaces/", { name: "hosts" }));
    const first = await region.post("/fabrics/0/vlans/", { vid: "10", name: "mgmt", space: String(space) });
    assert.equal(member(first.body, "space"), "hosts");
    const second = idOf(await region.post("/fabrics/fabric-0/vlans/", { vid: "20" }));
    const relayed = await region.put(`/vlans/${second}/`, { relay_vlan: String(idOf(first)) });
    assert.equal(member(member(relayed.body, "relay_vlan"), "vid"), 10);
    assert.equal(member((await region.put(`/vlans/${idOf(first)}/`, { space: "" })).body, "space"), "undefined");
    assert.equal((await region.get("/vlans/")).status, 404);
    assert.equal(idOf(await region.get("/fabrics/0/vlans/20/")), second);
  });

  it("refuses VLAN ids and MTUs in the real server's words", async () => {
    const path = "/fabrics/0/vlans/";
    const range = "VID must be between 0 and 4094.";
    assert.deepEqual(await refusal(path, { vid: "4095" }), { vid: [range] });
    assert.deepEqual(await refusal(path, { vid: "x" }), { vid: ["Enter a whole number.", range] });
    assert.deepEqual(await refusal(path, {}), { vid: ["This field is required.", range] });
    assert.deepEqual(await refusal(path, { vid: "0" }), {
      __all__: ["A VLAN with the specified VID already exists in the destination fabric."],
    });
    assert.deepEqual(await refusal(path, { vid: "9", mtu: "551" }), {
      mtu: ["Ensure this value is greater than or equal to 552."],
    });
    assert.deepEqual(await refusal(path, { vid: "9", mtu: "65536" }), { mtu: ["MTU must be between 552 and 65535."] });
    const missing = await region.get("/vlans/4711/");
    assert.deepEqual([missing.status, missing.body], [404, "VLAN with specified ID does not exist."]);
  });

  it("turns DHCP on only with a dynamic range and a primary rack, and breaks on it at creation", async () => {
    const path = `/vlans/${DEFAULT_VLAN}/`;
    const created = await region.post("/fabrics/0/vlans/", { vid: "9", dhcp_on: "true" });
    assert.equal(created.status, 500);
    assert.deepEqual(await refusal(path, { dhcp_on: "true", primary_rack: "rack01" }, "PUT"), {
      dhcp_on: ["dhcp can only be turned on when a dynamic IP range is defined."],
    });
    const dynamic = { type: "dynamic", start_ip: "192.168.1.1", end_ip: "192.168.1.250" };
    const range = idOf(await region.post("/ipranges/", dynamic));
    assert.deepEqual(await refusal(path, { dhcp_on: "true" }, "PUT"), {
      __all__: ["dhcp can only be turned on when a primary rack controller is set."],
    });
    const on = await region.put(path, { dhcp_on: "true", primary_rack: "rack01" });
    assert.deepEqual([member(on.body, "dhcp_on"), member(on.body, "primary_rack")], [true, "rack01"]);
    const kept = await region.delete("/subnets/1/");
    assert.match(textOf(kept), /^Cannot delete a subnet that is actively servicing a dynamic IP range/);
    assert.equal((await region.delete(`/ipranges/${range}/`)).status, 204, "the last range goes while DHCP is on");
  });

  it("moves a VLAN's subnets to the default VLAN of its own fabric when it is deleted", async () => {
    const vlan = idOf(await region.post("/fabrics/0/vlans/", { vid: "30" }));
    const subnet = idOf(await region.post("/subnets/", { cidr: "10.30.0.0/24", vlan: String(vlan) }));
    assert.equal((await region.delete(`/vlans/${vlan}/`)).status, 204);
    assert.equal(member(member((await region.get(`/subnets/${subnet}/`)).body, "vlan"), "id"), DEFAULT_VLAN);
    const standard = await region.delete(`/vlans/${DEFAULT_VLAN}/`);
    assert.equal(standard.body, "This VLAN is the default VLAN in the fabric, it cannot be deleted.");
  });

  it("deletes the VLAN interfaces on a deleted VLAN", async () => {
    const vlan = idOf(await region.post("/fabrics/0/vlans/", { vid: "30" }));
    const [machine] = elements((await region.get("/machines/?hostname=cp-1")).body);
    const node = `/nodes/${textAt(machine, "system_id")}/interfaces/`;
    const parent = textAt(elements(member(machine, "interface_set"))[0], "id");
    const made = await region.post(`${node}?op=create_vlan`, { parent, vlan: String(vlan) });
    assert.equal(member(made.body, "name"), "enp1s0.30");
    await region.delete(`/vlans/${vlan}/`);
    const names = elements((await region.get(node)).body).map((nic) => member(nic, "name"));
    assert.deepEqual(names, ["enp1s0", "enp2s0"]);
  });

  it("drops a fabric whose last VLAN moves to another", async () => {
    const fabric = await region.post("/fabrics/", { name: "small" });
    const [vlan] = elements(member(fabric.body, "vlans"));
    const moved = await region.put(`/vlans/${textAt(vlan, "id")}/`, { fabric: "0", vid: "77" });
    assert.equal(moved.status, 200);
    assert.equal((await region.get("/fabrics/small/")).status, 404);
  });

  it("lists what has no space in a pseudo space that cannot be changed", async () => {
    const reply = await region.get("/spaces/undefined/");
    assert.equal(member(reply.body, "id"), -1);
    const changed = await region.put("/spaces/undefined/", { name: "x" });
    assert.deepEqual([changed.status, changed.body], [400, "Space cannot be modified: undefined"]);
    assert.deepEqual(await refusal("/spaces/", { name: "undefined" }), { name: ["Reserved space name."] });
    const space = idOf(await region.post("/spaces/", { name: "hosts" }));
    const vlan = idOf(await region.post("/fabrics/0/vlans/", { vid: "40", space: "hosts" }));
    assert.equal((await region.delete(`/spaces/${space}/`)).status, 204);
    assert.equal(member((await region.get(`/vlans/${vlan}/`)).body, "space"), "undefined");
  });
});
