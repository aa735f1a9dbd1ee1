import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { DefaultDomain } from "../../../providers/maas/default-domain";
import { DnsRecord } from "../../../providers/maas/dns-record";
import { Domain } from "../../../providers/maas/domain";
import { Fabric } from "../../../providers/maas/fabric";
import { HostNetwork } from "../../../providers/maas/host-network-resource";
import { IpRange } from "../../../providers/maas/ip-range";
import { maasProviders } from "../../../providers/maas/kinds";
import { Machine } from "../../../providers/maas/machine";
import { PoolMembership } from "../../../providers/maas/pool-membership";
import { ResourcePool } from "../../../providers/maas/resource-pool";
import { Setting } from "../../../providers/maas/setting";
import { Space } from "../../../providers/maas/space";
import { StaticRoute } from "../../../providers/maas/static-route";
import { StorageLayout } from "../../../providers/maas/storage-layout-resource";
import { Subnet } from "../../../providers/maas/subnet";
import { Tag } from "../../../providers/maas/tag";
import { VlanDhcp } from "../../../providers/maas/vlan-dhcp";
import { Vlan } from "../../../providers/maas/vlan";
import { Zone } from "../../../providers/maas/zone";
import { type MadeResource, mockEngine, valueOf } from "../../mock-engine";

/** One of each, by the name of its kind. */
const makers: Record<string, () => pulumi.CustomResource> = {
  "maas:DefaultDomain": () => new DefaultDomain("a", { domain: "x.test" }),
  "maas:DnsRecord": () => new DnsRecord("a", { name: "api", domain: "x.test", addresses: ["10.0.0.1"] }),
  "maas:Domain": () => new Domain("a", { name: "x.test" }),
  "maas:Fabric": () => new Fabric("a", { name: "dc" }),
  "maas:HostNetwork": () => new HostNetwork("a", { machine: "abc", interfaces: {} }),
  "maas:IpRange": () =>
    new IpRange("a", { subnet: "10.0.0.0/24", type: "reserved", start: "10.0.0.1", end: "10.0.0.9" }),
  "maas:Machine": () => new Machine("a", { find: { hostname: "worker-1" } }),
  "maas:PoolMembership": () => new PoolMembership("a", { machine: "abc", pool: "p", zone: "z", domain: "d" }),
  "maas:ResourcePool": () => new ResourcePool("a", { name: "workers" }),
  "maas:Setting": () => new Setting("a", { name: "enable_disk_erasing_on_release", value: false }),
  "maas:Space": () => new Space("a", { name: "dmz" }),
  "maas:StaticRoute": () =>
    new StaticRoute("a", { source: "10.0.0.0/24", destination: "10.1.0.0/24", gateway: "10.0.0.1" }),
  "maas:StorageLayout": () => new StorageLayout("a", { machine: "abc" }),
  "maas:Subnet": () => new Subnet("a", { cidr: "10.0.0.0/24", fabric: "dc", vid: 10 }),
  "maas:Tag": () => new Tag("a", { name: "vmo" }),
  "maas:Vlan": () => new Vlan("a", { fabric: "dc", vid: 10 }),
  "maas:VlanDhcp": () => new VlanDhcp("a", { fabric: "dc", vid: 0 }),
  "maas:Zone": () => new Zone("a", { name: "az1" }),
};

describe("MAAS resource classes", () => {
  let made: MadeResource[];

  beforeEach(async () => {
    made = await mockEngine();
  });

  it("are one for each kind that is served", () => {
    assert.deepEqual(Object.keys(makers).sort(), Object.keys(maasProviders).sort());
  });

  for (const [kind, make] of Object.entries(makers)) {
    it(`${kind} carries a loader of less than 200 bytes and no code`, async () => {
      const resource = make();
      await valueOf(resource.urn);
      const [only] = made;
      assert.equal(only?.type, `pulumi-nodejs:dynamic/${kind}`);
      const loader = String(only?.inputs["__provider"]);
      assert.ok(loader.length < 200 && loader.includes(kind), loader);
    });
  }

  it("mirror their inputs, so that dependents know them", async () => {
    const fabric = new Fabric("f", { name: "dc" });
    const vlan = new Vlan("v", { fabric: fabric.resolvedName, vid: 10 });
    const subnet = new Subnet("s", { cidr: "10.0.0.0/24", fabric: vlan.fabric, vid: vlan.vid });
    assert.equal(await valueOf(subnet.fabric), "dc");
    assert.equal(await valueOf(subnet.vid), 10);
  });

  it("say their defaults already in the program, so that a refresh shows no difference", async () => {
    const fabric = new Fabric("f", { name: "dc" });
    const vlan = new Vlan("v", { fabric: fabric.resolvedName, vid: 10 });
    await valueOf(vlan.urn);
    const { name, mtu, space } = made.at(-1)?.inputs ?? {};
    assert.deepEqual([name, mtu, space], [null, null, null]);
  });

  it("say no defaults of what is managed elsewhere", async () => {
    const vlan = Vlan.get("v", "7");
    await valueOf(vlan.urn);
    assert.deepEqual(Object.keys(made.at(-1)?.inputs ?? {}), ["__provider"]);
  });

  it("read an object that is managed elsewhere by its id", async () => {
    const pool = ResourcePool.get("p", "7");
    assert.equal(await valueOf(pool.id), "7");
    assert.equal(made[0]?.id, "7");
  });
});
