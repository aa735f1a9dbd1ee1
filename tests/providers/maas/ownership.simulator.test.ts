import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { settingKind } from "../../../providers/maas/setting";
import { spaceKind } from "../../../providers/maas/space";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanDhcpKind } from "../../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { type AnyKind, type Command, region } from "./region";
import { siteOf } from "./site-of";

function erased<Inputs extends object, Outputs extends object>(
  kind: AnyKind<Inputs, Outputs>,
): AnyKind<object, object> {
  return kind as unknown as AnyKind<object, object>;
}

/** Kinds with names: how somebody else made one, and how it is described here. */
const asked: {
  title: string;
  kind: AnyKind<object, object>;
  theirs: (command: Command) => Promise<unknown>;
  args: PlainObject;
}[] = [
  {
    title: "resource pool",
    kind: erased(resourcePoolKind),
    theirs: ({ link }) => link.client.pools.create({ name: "shared", description: "Theirs" }, () => false),
    args: { name: "shared", description: "Ours" },
  },
  {
    title: "zone",
    kind: erased(zoneKind),
    theirs: ({ link }) => link.client.zones.create({ name: "shared", description: "Theirs" }, () => false),
    args: { name: "shared", description: "Ours" },
  },
  {
    title: "space",
    kind: erased(spaceKind),
    theirs: ({ link }) => link.client.spaces.create({ name: "shared", description: "Theirs" }, () => false),
    args: { name: "shared", description: "Ours" },
  },
  {
    title: "tag",
    kind: erased(tagKind),
    theirs: ({ link }) => link.client.tags.create({ name: "shared", comment: "Theirs" }, () => false),
    args: { name: "shared", comment: "Ours" },
  },
  {
    title: "DNS domain",
    kind: erased(domainKind),
    theirs: ({ link }) => link.client.domains.create({ name: "shared.test", ttl: 60 }, () => false),
    args: { name: "shared.test", ttl: 300 },
  },
];

/** Kinds of which every MAAS has some. */
const discovered: {
  title: string;
  kind: AnyKind<object, object>;
  args: PlainObject;
  theirs?: (command: Command) => Promise<unknown>;
}[] = [
  { title: "fabric", kind: erased(fabricKind), args: { name: "fabric-0", classType: "10g" } },
  { title: "VLAN", kind: erased(vlanKind), args: { fabric: "fabric-0", vid: 0, name: "pxe", mtu: 9000 } },
  {
    title: "subnet",
    kind: erased(subnetKind),
    args: {
      cidr: "192.168.0.0/22",
      fabric: "fabric-0",
      vid: 0,
      gateway: "192.168.0.1",
      name: "provisioning",
      description: "PXE",
    },
  },
  { title: "setting", kind: erased(settingKind), args: { name: "maas_name", value: "dc1" } },
];

describe("whose an object of MAAS is (simulated MAAS)", () => {
  const maas = region();
  beforeEach(() => maas.simulator.reset());
  const site = (): unknown => siteOf(maas.simulator);

  for (const { title, kind, theirs, args } of asked) {
    describe(title, () => {
      it("is refused when it exists, with the way out", async () => {
        await theirs(maas.command());
        const before = site();
        await assert.rejects(
          maas.command().up(kind, args),
          /exists in MAAS already and was not created by datacenter "test".*Theirs -> Ours|ttl 60 -> 300.*adopt: true/,
        );
        assert.deepEqual(site(), before);
      });

      it("is adopted and changed when asked to, and restored", async () => {
        await theirs(maas.command());
        const before = site();
        const kept = await maas.command().up(kind, { ...args, adopt: true });
        assert.equal(kept.state.origin, "adopted");
        assert.notDeepEqual(site(), before);
        const seen = await maas.command().refresh(kind, kept);
        assert.ok(seen);
        assert.equal((await maas.command().diff(kind, seen, { ...args, adopt: true })).changes, false);
        await maas.command().destroy(kind, kept);
        assert.deepEqual(site(), before);
      });

      it("is known again after a run that was killed before its record", async () => {
        const lost = await maas.command().up(kind, args);
        const found = await maas.command().up(kind, args);
        assert.equal(found.id, lost.id);
      });
    });
  }

  it("deletes again what it made, after the record was lost once", async () => {
    const before = site();
    await maas.command().up(resourcePoolKind, { name: "lost" });
    const found = await maas.command().up(resourcePoolKind, { name: "lost" });
    assert.equal(found.state.origin, "created");
    await maas.command().destroy(resourcePoolKind, found);
    assert.deepEqual(site(), before);
  });

  for (const { title, kind, args } of discovered) {
    it(`changes a ${title} only when asked to, and restores it`, async () => {
      const before = site();
      await assert.rejects(maas.command().up(kind, args), /adopt: true/);
      assert.deepEqual(site(), before);
      const kept = await maas.command().up(kind, { ...args, adopt: true });
      assert.equal(kept.state.origin, "adopted");
      assert.notDeepEqual(site(), before);
      await maas.command().destroy(kind, kept);
      // MAAS cannot clear a class once it is set.
      if (title !== "fabric") assert.deepEqual(site(), before);
    });
  }

  it("adopts an equal VLAN, range and route without permission, and leaves them on destroy", async () => {
    const command = maas.command();
    const chain: [AnyKind<object, object>, PlainObject][] = [
      [erased(vlanKind), { fabric: "fabric-0", vid: 10 }],
      [erased(subnetKind), { cidr: "10.1.0.0/24", fabric: "fabric-0", vid: 10 }],
      [erased(subnetKind), { cidr: "10.2.0.0/24", fabric: "fabric-0", vid: 10 }],
    ];
    for (const [kind, args] of chain) await command.up(kind, args);
    await command.link.client.ipRanges.create(
      {
        type: "reserved",
        start_ip: "10.1.0.5",
        end_ip: "10.1.0.9",
        subnet: (await command.link.client.subnets.list()).find(({ cidr }) => cidr === "10.1.0.0/24")?.id,
      },
      () => false,
    );
    await command.up(staticRouteKind, { source: "10.1.0.0/24", destination: "10.2.0.0/24", gateway: "10.1.0.1" });
    const range = await maas
      .command()
      .up(ipRangeKind, { subnet: "10.1.0.0/24", type: "reserved", start: "10.1.0.5", end: "10.1.0.9" });
    const route = await maas
      .command()
      .up(staticRouteKind, { source: "10.1.0.0/24", destination: "10.2.0.0/24", gateway: "10.1.0.1" });
    const vlan = await maas.command().up(vlanKind, { fabric: "fabric-0", vid: 10 });
    assert.deepEqual([range.state.origin, route.state.origin, vlan.state.origin], ["adopted", "adopted", "adopted"]);
    for (const [kind, kept] of [
      [erased(ipRangeKind), range],
      [erased(staticRouteKind), route],
      [erased(vlanKind), vlan],
    ] as const) {
      await maas.command().destroy(kind, kept);
      assert.ok(await maas.command().refresh(kind, kept));
    }
  });

  it("never turns disk erasing on again", async () => {
    const kept = await maas
      .command()
      .up(settingKind, { name: "enable_disk_erasing_on_release", value: false, adopt: true });
    assert.deepEqual(kept.state.previous, { name: "enable_disk_erasing_on_release", value: true });
    await maas.command().destroy(settingKind, kept);
    assert.equal(await maas.command().link.client.settings.get("enable_disk_erasing_on_release"), false);
  });

  it("shows that disk erasing was switched on by hand, and switches it off", async () => {
    const args = { name: "enable_disk_erasing_on_release", value: false, adopt: true };
    const kept = await maas.command().up(settingKind, args);
    await maas.command().link.client.settings.set(args.name, true);
    const seen = await maas.command().refresh(settingKind, kept);
    assert.ok(seen);
    assert.equal(seen.state.value, true);
    assert.equal((await maas.command().diff(settingKind, seen, args)).changes, true);
    await maas.command().update(settingKind, seen, args);
    assert.equal(await maas.command().link.client.settings.get(args.name), false);
  });

  it("puts DHCP back as it was", async () => {
    const range = { subnet: "192.168.0.0/22", type: "dynamic", start: "192.168.3.1", end: "192.168.3.200" };
    await maas.command().up(ipRangeKind, range);
    const before = site();
    const kept = await maas.command().up(vlanDhcpKind, { fabric: "fabric-0", vid: 0, adopt: true });
    assert.equal(kept.state.rack, "rack01");
    await maas.command().destroy(vlanDhcpKind, kept);
    assert.deepEqual(site(), before);
  });

  for (const value of ["off", "true", 0, null])
    it(`refuses ${JSON.stringify(value)} for a setting that is true or false`, async () => {
      const wrong = maas.command().up(settingKind, { name: "enable_disk_erasing_on_release", value });
      await assert.rejects(wrong, /enable_disk_erasing_on_release" is true or false.*without quotes/);
    });

  it("clears a setting, and puts its text back", async () => {
    await maas.command().link.client.settings.set("kernel_opts", "quiet");
    const args = { name: "kernel_opts", value: null, adopt: true };
    const kept = await maas.command().up(settingKind, args);
    const seen = await maas.command().refresh(settingKind, kept);
    assert.ok(seen);
    assert.equal((await maas.command().diff(settingKind, seen, args)).changes, false);
    await maas.command().destroy(settingKind, kept);
    assert.equal(await maas.command().link.client.settings.get("kernel_opts"), "quiet");
  });

  it("leaves the comment of an adopted range when none is described, since MAAS does not clear it", async () => {
    const range = { subnet: "192.168.0.0/22", type: "reserved", start: "192.168.2.5", end: "192.168.2.9" };
    const { client } = maas.command().link;
    const subnet = (await client.subnets.list()).find(({ cidr }) => cidr === range.subnet)?.id;
    const fields = { type: "reserved", start_ip: range.start, end_ip: range.end, subnet, comment: "theirs" };
    await client.ipRanges.create(fields, () => false);
    const kept = await maas.command().up(ipRangeKind, range);
    const seen = await maas.command().refresh(ipRangeKind, kept);
    assert.ok(seen);
    assert.equal((await maas.command().diff(ipRangeKind, seen, range)).changes, false);
  });

  for (const status of [401, 403, 500, 503]) {
    it(`never takes an object for gone because of a ${status}`, async () => {
      const kept = await maas.command().up(resourcePoolKind, { name: "workers" });
      maas.simulator.faults.add({ kind: "status", status, method: "GET", path: "/resourcepools/" });
      await assert.rejects(maas.command().refresh(resourcePoolKind, kept));
    });
  }

  it("refuses to handle an object on another MAAS than the one it was made on", async () => {
    const kept = await maas.command().up(resourcePoolKind, { name: "workers" });
    const elsewhere = maas.command({ url: maas.simulator.url.replace("127.0.0.1", "localhost") });
    await assert.rejects(elsewhere.refresh(resourcePoolKind, kept), /was made on/);
    await assert.rejects(elsewhere.destroy(resourcePoolKind, kept), /was made on/);
  });
});
