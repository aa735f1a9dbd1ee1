import assert from "node:assert/strict";
import { elements, idOf, member, RegionClient, type Reply, textOf } from "./region-client";

describe("Domains and DNS of the simulated region", () => {
  let region: RegionClient;

  beforeEach(async () => {
    region = await RegionClient.start({});
    await region.post("/domains/", { name: "example.test", ttl: "300" });
  });

  afterEach(() => region.close());

  function addresses(reply: Reply): unknown[] {
    return elements(member(reply.body, "ip_addresses")).map((one) => member(one, "ip"));
  }

  it("strips a trailing dot and keeps case", async () => {
    assert.equal(member((await region.post("/domains/", { name: "other.test." })).body, "name"), "other.test");
    assert.equal((await region.post("/domains/", { name: "Example.test" })).status, 200);
    const twice = await region.post("/domains/", { name: "example.test" });
    assert.deepEqual(twice.body, { name: ["Domain with this Name already exists."] });
  });

  it("says all that is wrong with a domain's name", async () => {
    assert.deepEqual((await region.post("/domains/", { name: "bad_domain!" })).body, {
      name: ["Domain name contains invalid characters.", "Label contains disallowed characters: 'bad_domain!'."],
    });
    assert.deepEqual((await region.post("/domains/", { name: "-bad.test" })).body, {
      name: ["Invalid domain name: -bad.test.", "Label cannot start or end with hyphen: '-bad'."],
    });
  });

  it("keeps TTLs between a second and a week, and clears them with an empty text", async () => {
    for (const [ttl, text] of [
      ["0", "Ensure this value is greater than or equal to 1."],
      ["604801", "Ensure this value is less than or equal to 604800."],
    ] as const) {
      assert.deepEqual((await region.put("/domains/example.test/", { ttl })).body, { ttl: [text] });
    }
    assert.equal(member((await region.put("/domains/example.test/", { ttl: "" })).body, "ttl"), null);
  });

  it("keeps the default domain, which can be another one", async () => {
    const standard = await region.delete("/domains/maas/");
    assert.equal(standard.body, "This domain is the default domain, it cannot be deleted.");
    const chosen = await region.post("/domains/example.test/?op=set_default");
    assert.equal(member(chosen.body, "is_default"), true);
    assert.equal(member((await region.get("/domains/maas/")).body, "is_default"), false);
  });

  it("breaks on deleting a domain with resources or machines", async () => {
    await region.post("/dnsresources/", { fqdn: "www.example.test" });
    const used = await region.delete("/domains/example.test/");
    assert.equal(used.status, 500);
    assert.match(textOf(used), /protected foreign keys: 'DNSResource\.domain'/);
  });

  it("makes a resource by full name or by name and domain, and answers the full name only", async () => {
    const first = await region.post("/dnsresources/", { fqdn: "www.example.test", ip_addresses: "10.1.0.1 10.1.0.2" });
    assert.deepEqual([member(first.body, "fqdn"), member(first.body, "name")], ["www.example.test", undefined]);
    assert.deepEqual(addresses(first), ["10.1.0.1", "10.1.0.2"]);
    const second = await region.post("/dnsresources/", {
      name: "api",
      domain: "1",
      ip_addresses: ["10.1.0.3", "10.1.0.4"],
    });
    assert.deepEqual(addresses(second), ["10.1.0.4"], "of a repeated parameter the last counts");
    const apex = await region.post("/dnsresources/", { name: "@", domain: "example.test" });
    assert.equal(member(apex.body, "fqdn"), "example.test");
  });

  it("refuses a taken name and breaks on values that it cannot read", async () => {
    await region.post("/dnsresources/", { fqdn: "www.example.test" });
    const twice = await region.post("/dnsresources/", { fqdn: "www.example.test" });
    assert.deepEqual(twice.body, { __all__: ["Labels must be unique within their zone."] });
    const bad: Record<string, string>[] = [
      { fqdn: "a.example.test", ip_addresses: "10.1.0.1,10.1.0.2" },
      { fqdn: "a.example.test", ip_addresses: "abc" },
      { fqdn: "bad_label.example.test" },
      { ip_addresses: "10.1.0.1" },
    ];
    for (const fields of bad)
      assert.equal((await region.post("/dnsresources/", fields)).status, 500, JSON.stringify(fields));
    assert.equal((await region.post("/dnsresources/", { fqdn: "a.nosuch.test" })).status, 404);
    assert.equal(elements((await region.get("/dnsresources/?domain=example.test")).body).length, 1, "nothing was made");
  });

  it("replaces addresses, clears them with an empty text, and remembers an address when it comes again", async () => {
    const made = await region.post("/dnsresources/", { fqdn: "www.example.test", ip_addresses: "192.168.0.77" });
    const path = `/dnsresources/${idOf(made)}/`;
    const [address] = elements(member(made.body, "ip_addresses"));
    assert.equal(member(member(address, "subnet"), "cidr"), "192.168.0.0/22");
    assert.deepEqual(addresses(await region.put(path, { ip_addresses: "" })), []);
    const again = await region.put(path, { ip_addresses: "192.168.0.77 8.8.8.8" });
    const [same, far] = elements(member(again.body, "ip_addresses"));
    assert.equal(member(same, "created"), member(address, "created"));
    assert.equal(member(far, "subnet"), null);
  });

  it("counts addresses and records of a domain, and lists an address' names in its subnet", async () => {
    await region.post("/dnsresources/", { fqdn: "www.example.test", ip_addresses: "192.168.0.77" });
    await region.post("/dnsresourcerecords/", { fqdn: "www.example.test", rrtype: "txt", rrdata: "hello" });
    assert.equal(member((await region.get("/domains/example.test/")).body, "resource_record_count"), 2);
    const rows = elements((await region.get("/subnets/1/?op=ip_addresses")).body);
    const row = rows.find((one) => member(one, "ip") === "192.168.0.77");
    assert.equal(member(row, "alloc_type"), 4);
    assert.equal(member(elements(member(row, "dns_records"))[0], "name"), "www");
  });

  it("keeps CNAMEs apart from everything else, and drops an empty resource with its last record", async () => {
    await region.post("/dnsresources/", { fqdn: "www.example.test", ip_addresses: "10.1.0.1" });
    const beside = { fqdn: "www.example.test", rrtype: "CNAME", rrdata: "api" };
    assert.deepEqual((await region.post("/dnsresourcerecords/", beside)).body, {
      __all__: ["CNAME records for a name cannot coexist with non-CNAME records."],
    });
    const alias = await region.post("/dnsresourcerecords/", {
      fqdn: "alias.example.test",
      rrtype: "CNAME",
      rrdata: "www",
    });
    assert.equal(elements((await region.get("/dnsresources/?name=alias")).body).length, 1);
    assert.equal((await region.delete(`/dnsresourcerecords/${idOf(alias)}/`)).status, 204);
    assert.equal(elements((await region.get("/dnsresources/?name=alias")).body).length, 0);
    const address = { fqdn: "x.example.test", rrtype: "A", rrdata: "10.1.0.1" };
    assert.match(JSON.stringify((await region.post("/dnsresourcerecords/", address)).body), /A is not one of/);
  });

  it("adds what it serves by itself with all=true", async () => {
    await region.post("/dnsresources/", { fqdn: "www.example.test", ip_addresses: "10.1.0.1" });
    const names = elements((await region.get("/dnsresources/?all=true")).body).map((one) => member(one, "fqdn"));
    assert.deepEqual(names.slice(0, 2), ["www.example.test", "www.example.test"]);
    for (const name of ["cp-1.maas", "worker-9.maas", "maas-rack.maas"]) assert.ok(names.includes(name), name);
  });
});
