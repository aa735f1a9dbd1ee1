import assert from "node:assert/strict";
import type { JsonValue } from "../../../lab/maas/json";
import { elements, idOf, member, RegionClient } from "./region-client";

describe("Subnets of the simulated region", () => {
  let region: RegionClient;

  beforeEach(async () => {
    region = await RegionClient.start();
  });

  afterEach(() => region.close());

  async function make(fields: Record<string, string | string[]>): Promise<number> {
    return idOf(await region.post("/subnets/", fields));
  }

  it("normalises the CIDR and names the subnet by the text that was sent", async () => {
    const texts: [string, string][] = [
      ["10.40.30.0/16", "10.40.0.0/16"],
      ["10.41.0.5", "10.41.0.5/32"],
      ["FD00:0021:0000::/64", "fd00:21::/64"],
      ["10.42.0.0/255.255.255.0", "10.42.0.0/24"],
    ];
    for (const [sent, stored] of texts) {
      const reply = await region.post("/subnets/", { cidr: sent, name: sent.includes("FD") ? "six" : "" });
      assert.equal(member(reply.body, "cidr"), stored);
      if (!sent.includes("FD")) assert.equal(member(reply.body, "name"), sent);
    }
  });

  it("has each CIDR once in the region, and refuses what is none", async () => {
    await make({ cidr: "10.1.0.0/16" });
    const twice = await region.post("/subnets/", { cidr: "10.1.7.0/16", name: "other" });
    assert.deepEqual(twice.body, { cidr: ["Subnet with this Cidr already exists."] });
    for (const cidr of ["banana", "10.0.0.0/33"]) {
      const reply = await region.post("/subnets/", { cidr });
      assert.deepEqual(reply.body, { cidr: ["Required format: <network>/<prefixlen>."] });
    }
    assert.equal((await region.post("/subnets/", { cidr: "10.1.128.0/24" })).status, 200, "nested ones are allowed");
  });

  it("is found by id, name, CIDR with either slash, and specifier; a name twice is 403", async () => {
    const id = await make({ cidr: "10.2.0.0/16", name: "data" });
    for (const key of [String(id), "data", "10.2.0.0/16", "10.2.0.0%2F16", "cidr:10.2.0.0%2F16", "name:data"]) {
      assert.equal(idOf(await region.get(`/subnets/${key}/`)), id, key);
    }
    await make({ cidr: "10.3.0.0/16", name: "data" });
    const ambiguous = await region.get("/subnets/data/");
    assert.deepEqual([ambiguous.status, ambiguous.body], [403, "Too many Subnet objects match the given query."]);
    assert.equal((await region.get("/subnets/nosuch/")).body, "No Subnet matches the given query.");
  });

  it("shows no gateway as an empty text right after a write and as null when read", async () => {
    const reply = await region.post("/subnets/", { cidr: "10.4.0.0/24" });
    assert.equal(member(reply.body, "gateway_ip"), "");
    assert.equal(member((await region.get(`/subnets/${idOf(reply)}/`)).body, "gateway_ip"), null);
    assert.equal(member((await region.put(`/subnets/${idOf(reply)}/`, { name: "n" })).body, "gateway_ip"), "");
  });

  it("wants the gateway inside, with the CIDR that is sent along", async () => {
    const outside = await region.post("/subnets/", { cidr: "10.5.0.0/24", gateway_ip: "10.9.9.9" });
    assert.deepEqual(outside.body, { gateway_ip: ["Gateway IP must be within CIDR range."] });
    assert.equal(
      (await region.post("/subnets/", { cidr: "fd00::/64", name: "six", gateway_ip: "fe80::1" })).status,
      200,
    );
    const id = await make({ cidr: "10.5.0.0/24", gateway_ip: "10.5.0.1" });
    assert.equal((await region.put(`/subnets/${id}/`, { cidr: "10.6.0.0/24" })).status, 400);
    assert.equal((await region.put(`/subnets/${id}/`, { cidr: "10.6.0.0/24", gateway_ip: "10.6.0.1" })).status, 200);
  });

  it("takes DNS servers repeated, with blanks or commas, in order, and clears them with an empty text", async () => {
    const id = await make({ cidr: "10.7.0.0/24", dns_servers: ["10.7.0.3", "10.7.0.2 10.7.0.4,10.7.0.5"] });
    const read = async (): Promise<JsonValue | undefined> =>
      member((await region.get(`/subnets/${id}/`)).body, "dns_servers");
    assert.deepEqual(await read(), ["10.7.0.3", "10.7.0.2", "10.7.0.4", "10.7.0.5"]);
    await region.put(`/subnets/${id}/`, { name: "kept" });
    assert.equal(elements(await read()).length, 4);
    await region.put(`/subnets/${id}/`, { dns_servers: "" });
    assert.deepEqual(await read(), []);
    const bad = await region.put(`/subnets/${id}/`, { dns_servers: "abc" });
    assert.deepEqual(bad.body, {
      __all__: ["Invalid IP address: abc; provide a list of space-separated IP addresses"],
    });
  });

  it("reads its flags in two ways", async () => {
    const reply = await region.post("/subnets/", {
      cidr: "10.8.0.0/24",
      managed: "0",
      allow_dns: "yes",
      allow_proxy: "1",
    });
    const flags = ["managed", "allow_dns", "allow_proxy", "active_discovery"].map((name) => member(reply.body, name));
    assert.deepEqual(flags, [true, false, true, false]);
  });

  it("finds its VLAN by fabric and vid, and defaults to the default fabric's", async () => {
    await region.post("/fabrics/", { name: "dc" });
    const vlan = idOf(await region.post("/fabrics/dc/vlans/", { vid: "20" }));
    const fabric = String(idOf(await region.get("/fabrics/dc/")));
    const reply = await region.post("/subnets/", { cidr: "10.9.0.0/24", fabric, vid: "20" });
    assert.equal(member(member(reply.body, "vlan"), "id"), vlan);
    const none = await region.post("/subnets/", { cidr: "10.10.0.0/24", fabric, vid: "21" });
    assert.deepEqual(none.body, { vid: ["No VLAN with vid 21 in fabric name=dc."] });
    const plain = await region.post("/subnets/", { cidr: "10.10.0.0/24" });
    assert.equal(member(member(plain.body, "vlan"), "fabric_id"), 0);
  });

  it("disables boot architectures by name or DHCP number", async () => {
    const id = await make({ cidr: "10.14.0.0/24", disabled_boot_architectures: "pxe 0x07" });
    const read = (await region.get(`/subnets/${id}/`)).body;
    assert.deepEqual(member(read, "disabled_boot_architectures"), ["pxe", "uefi_amd64_tftp"]);
    assert.deepEqual((await region.put(`/subnets/${id}/`, { disabled_boot_architectures: "toaster" })).body, {
      disabled_boot_architectures: ["Unknown boot architecture toaster"],
    });
  });

  it("says what is used and what is free", async () => {
    const id = await make({ cidr: "10.11.0.0/24", gateway_ip: "10.11.0.1", dns_servers: ["10.11.0.9", "10.11.0.8"] });
    await region.post("/ipranges/", { type: "reserved", start_ip: "10.11.0.100", end_ip: "10.11.0.199" });
    assert.deepEqual((await region.get(`/subnets/${id}/?op=reserved_ip_ranges`)).body, [
      { start: "10.11.0.1", end: "10.11.0.1", num_addresses: 1, purpose: ["gateway-ip"] },
      { start: "10.11.0.8", end: "10.11.0.9", num_addresses: 2, purpose: ["dns-server"] },
      { start: "10.11.0.100", end: "10.11.0.199", num_addresses: 100, purpose: ["reserved"] },
    ]);
    assert.deepEqual((await region.get(`/subnets/${id}/?op=unreserved_ip_ranges`)).body, [
      { start: "10.11.0.2", end: "10.11.0.7", num_addresses: 6 },
      { start: "10.11.0.10", end: "10.11.0.99", num_addresses: 90 },
      { start: "10.11.0.200", end: "10.11.0.254", num_addresses: 55 },
    ]);
    const statistics = (await region.get(`/subnets/${id}/?op=statistics&include_suggestions=true`)).body;
    assert.equal(member(statistics, "num_available"), 151);
    assert.equal(member(statistics, "usage_string"), "41%");
    assert.equal(member(statistics, "suggested_gateway"), null);
    assert.equal(member(member(statistics, "suggested_dynamic_range"), "start"), "10.11.0.36");
  });

  it("takes ranges, routes and addresses along when it is deleted", async () => {
    const source = await make({ cidr: "10.12.0.0/24" });
    const destination = await make({ cidr: "10.13.0.0/24" });
    const route = { source: String(source), destination: String(destination), gateway_ip: "10.12.0.1" };
    await region.post("/static-routes/", route);
    await region.post("/ipranges/", { type: "reserved", start_ip: "10.13.0.5", end_ip: "10.13.0.9" });
    await region.post("/dnsresources/", { fqdn: "www.maas", ip_addresses: "10.13.0.20" });
    assert.equal((await region.delete(`/subnets/${destination}/`)).status, 204);
    for (const path of ["/static-routes/", "/ipranges/", "/dnsresources/"]) {
      assert.deepEqual((await region.get(path)).body, [], path);
    }
  });
});
