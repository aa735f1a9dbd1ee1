import assert from "node:assert/strict";
import type { JsonObject } from "../../../../lab/maas/json";
import type { MaasAnswer } from "../../../../lab/maas/server/route";
import { Region, type Fields } from "./region";
import { textOf } from "./text-of";

function put(region: Region, fields: Fields, number = 1): MaasAnswer {
  return region.request("PUT", `/machines/${region.machine(number).systemId}/`, fields);
}

function create(region: Region, fields: Fields): MaasAnswer {
  return region.request("POST", "/machines/", { architecture: "amd64/generic", power_type: "manual", ...fields });
}

const NO_CHOICE = ["Select a valid choice. That choice is not one of the available choices."];

describe("changing a machine", () => {
  it("takes pool and zone by name, the domain by name or id; empty ones change nothing", () => {
    const region = new Region();
    const { site } = region.store;
    site.pools.push({ id: 7, name: "workers", description: "" });
    site.zones.push({ id: 8, name: "az1", description: "" });
    site.domains.push({ id: 9, name: "metal.example.test", authoritative: true, ttl: null });
    put(region, { pool: "workers", zone: "az1", domain: 9, description: "worker 1" });
    put(region, { pool: "", zone: "", domain: "" });
    const { poolId, zoneId, domainId, description } = region.machine();
    assert.deepEqual([poolId, zoneId, domainId, description], [7, 8, 9, "worker 1"]);
    assert.equal(region.read().fqdn, "node001.metal.example.test");
  });

  it("splits a host name that carries its domain", () => {
    const region = new Region();
    region.store.site.domains.push({ id: 9, name: "metal.example.test", authoritative: true, ttl: null });
    put(region, { hostname: "worker1.metal.example.test" });
    const { hostname, domainId } = region.machine();
    assert.deepEqual([hostname, domainId], ["worker1", 9]);
  });

  const refusals: [Fields, object][] = [
    [{ pool: "0" }, { pool: NO_CHOICE }],
    [{ zone: "nowhere" }, { zone: NO_CHOICE }],
    [{ domain: "nowhere" }, { domain: ["Unable to find domain nowhere"] }],
    [{ hostname: "node002" }, { hostname: ["Node with this Hostname already exists."] }],
    [{ hostname: "bad_name!" }, { hostname: ["Host label cannot contain underscore: 'bad_name!'."] }],
    [{ hostname: "-x" }, { hostname: ["Label cannot start or end with hyphen: '-x'."] }],
    [{ hostname: "x.nowhere" }, { hostname: ["Nonexistant domain."] }],
    [{ swap_size: "much" }, { swap_size: ["Invalid size for swap: much"] }],
  ];
  for (const [fields, faults] of refusals) {
    it(`refuses ${JSON.stringify(fields)}`, () => {
      const region = new Region();
      const before = structuredClone(region.machine());
      const answer = put(region, fields);
      assert.deepEqual([answer.status, answer.json], [400, faults]);
      assert.deepEqual(region.machine(), before);
    });
  }

  it("refuses every change while no image is synced", () => {
    const region = new Region();
    region.store.site.bootResources = [];
    assert.deepEqual(put(region, { description: "x" }).json, {
      architecture: ["'amd64/generic' is not a valid architecture.  It should be one of: ''."],
    });
  });

  it("turns min_hwe_kernel from null to empty, and picks a kernel for a Deployed machine", () => {
    const region = new Region();
    assert.equal(region.read().min_hwe_kernel, null);
    put(region, {});
    assert.deepEqual([region.read().min_hwe_kernel, region.read().hwe_kernel], ["", null]);
    Object.assign(region.machine(), { status: 6, osystem: "ubuntu", distroSeries: "noble" });
    put(region, {});
    assert.equal(region.read().hwe_kernel, "ga-24.04");
  });
});

describe("enlisting a machine", () => {
  it("makes a New machine with a NIC per MAC address", () => {
    const region = new Region();
    const macs = ["52:54:99:00:00:01", "52-54-99-00-00-02"];
    const body = create(region, { hostname: "extra1", mac_addresses: macs, commission: false }).json as JsonObject;
    assert.deepEqual(
      [body.status_name, body.hostname, body.power_state, body.boot_disk],
      ["New", "extra1", "unknown", null],
    );
    const nics = body.interface_set as JsonObject[];
    assert.deepEqual(
      nics.map((nic) => [nic.name, nic.mac_address, nic.vlan, nic.links]),
      [
        ["eth0", "52:54:99:00:00:01", null, []],
        ["eth1", "52:54:99:00:00:02", null, []],
      ],
    );
  });

  it("commissions it unless that is declined: then it has disks, a layout and a network", () => {
    const region = new Region();
    create(region, { hostname: "extra1", mac_addresses: "52:54:99:00:00:01", power_type: "ipmi" });
    const machine = region.store.machines.at(-1) ?? assert.fail();
    assert.equal(machine.status, 1);
    region.store.pass(320);
    const body = region.ask("GET", `/machines/${machine.systemId}/`) as JsonObject;
    assert.deepEqual([body.status_name, body.cpu_count, body.storage], ["Ready", 16, 480000]);
    assert.equal((body.interface_set as JsonObject[])[0]?.name, "enp1s0");
  });

  it("gives a name to one without", () => {
    const region = new Region();
    const body = create(region, { mac_addresses: "52:54:99:00:00:01", commission: false }).json as JsonObject;
    assert.match(textOf(body.hostname), /^[a-z]+-[a-z]+-\d+$/);
  });

  const refusals: [string, Fields, object][] = [
    [
      "a MAC address in use",
      { mac_addresses: "52:54:00:00:01:01" },
      {
        mac_addresses: ["MAC address 52:54:00:00:01:01 already in use on node001."],
        power_type: ["Can't set power type to manual without network interfaces"],
      },
    ],
    [
      "a MAC address that is none",
      { mac_addresses: "zz:zz" },
      {
        mac_addresses: ["'zz:zz' is not a valid MAC address."],
        power_type: ["Can't set power type to manual without network interfaces"],
      },
    ],
    [
      "an unknown architecture",
      { mac_addresses: "52:54:99:00:00:05", architecture: "bogus/x" },
      { architecture: ["'bogus/x' is not a valid architecture.  It should be one of: 'amd64/generic'."] },
    ],
    [
      "an unknown power type",
      { mac_addresses: "52:54:99:00:00:06", power_type: "nosuch" },
      { power_type: ["Select a valid choice. nosuch is not one of the available choices."] },
    ],
  ];
  for (const [description, fields, faults] of refusals) {
    it(`refuses ${description}`, () => {
      const region = new Region();
      const answer = create(region, fields);
      assert.deepEqual([answer.status, answer.json], [400, faults]);
      assert.equal(region.store.machines.length, 2);
    });
  }
});

describe("deleting a machine", () => {
  it("works in every status and frees its addresses", () => {
    const region = new Region();
    region.tell("deploy");
    region.store.pass(700);
    const { systemId } = region.machine();
    assert.equal(region.request("DELETE", `/machines/${systemId}/`).status, 204);
    const again = region.request("DELETE", `/machines/${systemId}/`);
    assert.deepEqual([again.status, again.text], [404, "No Machine matches the given query."]);
  });
});
