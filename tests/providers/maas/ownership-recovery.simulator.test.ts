import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { settingKind } from "../../../providers/maas/setting";
import { spaceKind } from "../../../providers/maas/space";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { type AnyKind, type Kept, region } from "./region";
import { siteOf } from "./site-of";

type Erased = AnyKind<object, object>;

function erased<Inputs extends object, Outputs extends object>(kind: AnyKind<Inputs, Outputs>): Erased {
  return kind as unknown as Erased;
}

/** Kinds with a field for a marker, each with an object that another team made, and what is described of it. */
const marked: readonly (readonly [title: string, kind: Erased, args: PlainObject])[] = [
  ["resource pool", erased(resourcePoolKind), { name: "shared", description: "Ours" }],
  ["zone", erased(zoneKind), { name: "shared", description: "Ours" }],
  ["space", erased(spaceKind), { name: "shared", description: "Ours" }],
  ["tag", erased(tagKind), { name: "shared", comment: "Ours", kernelOptions: "quiet" }],
  [
    "subnet",
    erased(subnetKind),
    { cidr: "192.168.0.0/22", fabric: "fabric-0", vid: 0, dnsServers: ["192.168.0.53"], allowProxy: false },
  ],
  [
    "range",
    erased(ipRangeKind),
    { subnet: "192.168.0.0/22", type: "reserved", start: "192.168.2.5", end: "192.168.2.9", comment: "Ours" },
  ],
];

describe("previous values after a run that could not record them (simulated MAAS)", () => {
  const maas = region();
  const site = (): unknown => siteOf(maas.simulator);

  beforeEach(async () => {
    maas.simulator.reset();
    const { client } = maas.command().link;
    await client.pools.create({ name: "shared", description: "Theirs" }, () => false);
    await client.zones.create({ name: "shared", description: "Theirs" }, () => false);
    await client.spaces.create({ name: "shared", description: "Theirs" }, () => false);
    await client.tags.create({ name: "shared", comment: "Theirs", kernel_opts: "debug" }, () => false);
    const subnet = await client.subnets.find(({ cidr }) => cidr === "192.168.0.0/22");
    const fields = { gateway_ip: "192.168.0.1", dns_servers: ["192.168.0.2"], description: "PXE" };
    await client.subnets.update(String(subnet?.id), fields);
    await client.ipRanges.create(
      { type: "reserved", start_ip: "192.168.2.5", end_ip: "192.168.2.9", subnet: subnet?.id, comment: "Theirs" },
      () => false,
    );
  });

  for (const [title, kind, args] of marked) {
    it(`of a ${title} are known when the answer to the change was lost`, async () => {
      const before = site();
      maas.simulator.faults.add({ kind: "reset-after-work", method: "PUT", path: "/*" });
      await assert.rejects(maas.command().up(kind, { ...args, adopt: true }));
      maas.simulator.faults.clear();
      assert.notDeepEqual(site(), before, "the change was made");
      const kept = await maas.command().up(kind, { ...args, adopt: true });
      assert.equal(kept.state["origin"], "adopted");
      await maas.command().destroy(kind, kept);
      assert.deepEqual(site(), before);
    });

    it(`of a ${title} are known when the run was killed, also when the description changed since`, async () => {
      const before = site();
      await maas.command().up(kind, { ...args, adopt: true });
      const other = "comment" in args ? { comment: "Later" } : { description: "Later" };
      const kept = await maas.command().up(kind, { ...args, ...other, adopt: true });
      await maas.command().destroy(kind, kept);
      assert.deepEqual(site(), before);
    });

    it(`of a ${title} do not hide that it was created here when the record was lost`, async () => {
      maas.simulator.reset();
      const before = site();
      if (title === "subnet" || title === "range") return;
      await maas.command().up(kind, args);
      const kept = await maas.command().up(kind, args);
      assert.equal(kept.state["origin"], "created");
      await maas.command().destroy(kind, kept);
      assert.deepEqual(site(), before);
    });
  }

  for (const [title, kind, args] of [
    ["fabric", erased(fabricKind), { name: "datacenter", holding: "192.168.0.0/22" }],
    ["VLAN", erased(vlanKind), { fabric: "fabric-0", vid: 0, mtu: 9000 }],
    ["setting", erased(settingKind), { name: "maas_name", value: "dc1" }],
    ["domain", erased(domainKind), { name: "maas", ttl: 300 }],
  ] as const)
    it(`of a ${title}, which has no marker, are kept by the engine when the answer to the change was lost`, async () => {
      const before = site();
      for (const method of ["PUT", "POST"]) maas.simulator.faults.add({ kind: "reset-after-work", method, path: "/*" });
      let left: Partial<Kept> & { properties?: PlainObject } = {};
      await assert.rejects(maas.command().up(kind, { ...args, adopt: true }), (failure: Error) => {
        left = failure as typeof left;
        return true;
      });
      maas.simulator.faults.clear();
      assert.notDeepEqual(site(), before, "the change was made");
      const unfinished: Kept = { id: left.id ?? "", state: left.properties ?? {} };
      const kept = await maas.command().update(kind, unfinished, { ...args, adopt: true });
      await maas.command().destroy(kind, kept);
      assert.deepEqual(site(), before);
    });

  it("of a subnet are known when the answer to a later change was lost", async () => {
    const before = site();
    const [, kind, args] = marked[4] ?? assert.fail();
    const first = await maas.command().up(kind, { ...args, adopt: true });
    const later = { ...args, name: "later", adopt: true };
    maas.simulator.faults.add({ kind: "reset-after-work", method: "PUT", path: "/*" });
    await assert.rejects(maas.command().update(kind, first, later));
    maas.simulator.faults.clear();
    const kept = await maas.command().update(kind, first, later);
    await maas.command().destroy(kind, kept);
    assert.deepEqual(site(), before);
  });

  it("of a subnet are known to a destroy right after such a change", async () => {
    const before = site();
    const [, kind, args] = marked[4] ?? assert.fail();
    const first = await maas.command().up(kind, { ...args, adopt: true });
    maas.simulator.faults.add({ kind: "reset-after-work", method: "PUT", path: "/*" });
    await assert.rejects(maas.command().update(kind, first, { ...args, name: "later", adopt: true }));
    maas.simulator.faults.clear();
    await maas.command().destroy(kind, first);
    assert.deepEqual(site(), before);
  });

  it("need one request for the change and its record", async () => {
    maas.simulator.requests.clear();
    const [, kind, args] = marked[4] ?? assert.fail();
    await maas.command().up(kind, { ...args, adopt: true });
    const writes = maas.simulator.requests.list().filter(({ method }) => method !== "GET");
    assert.equal(writes.length, 1);
    const stored = maas.simulator.store.site.subnets.find(({ cidr }) => cidr === "192.168.0.0/22");
    const previous = { dnsServers: ["192.168.0.2"], allowProxy: true };
    assert.equal(stored?.description, `PXE [vmo-metal test adopted ${JSON.stringify(previous)}]`);
  });

  it("count a VLAN as created although the answer to another VLAN's creation was lost", async () => {
    for (const vids of [
      [11, 12, 13],
      [21, 22, 23],
    ]) {
      maas.simulator.faults.add({ kind: "reset-after-work", method: "POST", path: "/fabrics/*", count: 1 });
      const command = maas.command();
      const kept = await Promise.all(vids.map((vid) => command.up(vlanKind, { fabric: "fabric-0", vid })));
      maas.simulator.faults.clear();
      assert.deepEqual(
        kept.map(({ state }) => state["origin"]),
        ["created", "created", "created"],
      );
      for (const resource of kept) await maas.command().destroy(vlanKind, resource);
    }
  });
});
