import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { type AnyKind, type Command, type Kept, region } from "./region";
import { siteOf } from "./site-of";

type Row = [kind: AnyKind<object, object>, args: PlainObject];

function row<Inputs extends object, Outputs extends object>(kind: AnyKind<Inputs, Outputs>, args: PlainObject): Row {
  return [kind as unknown as AnyKind<object, object>, args];
}

/** What both stacks describe of the region that another team has used for years. */
const shared: readonly Row[] = [
  row(resourcePoolKind, { name: "shared", description: "Ours" }),
  row(zoneKind, { name: "shared", description: "Ours" }),
  row(tagKind, { name: "shared", kernelOptions: "quiet" }),
  row(domainKind, { name: "shared.test", ttl: 300 }),
  row(fabricKind, { name: "datacenter", holding: "192.168.0.0/22" }),
  row(vlanKind, { fabric: "datacenter", vid: 0, mtu: 9000 }),
  row(subnetKind, {
    cidr: "192.168.0.0/22",
    fabric: "datacenter",
    vid: 0,
    name: "provisioning",
    dnsServers: ["192.168.0.53"],
  }),
  row(ipRangeKind, {
    subnet: "192.168.0.0/22",
    type: "reserved",
    start: "192.168.2.5",
    end: "192.168.2.9",
    comment: "Ours",
  }),
];

describe("two stacks on one MAAS (simulated MAAS)", () => {
  const maas = region();
  const site = (): unknown => siteOf(maas.simulator);
  const dc1 = (): Command => maas.command({ name: "dc1" });
  const dc2 = (): Command => maas.command({ name: "dc2" });

  /** The objects of another team, with values of their own. */
  beforeEach(async () => {
    maas.simulator.reset();
    const { client } = maas.command().link;
    await client.pools.create({ name: "shared", description: "Theirs" }, () => false);
    await client.zones.create({ name: "shared", description: "Theirs" }, () => false);
    await client.tags.create({ name: "shared", comment: "Theirs", kernel_opts: "debug" }, () => false);
    await client.domains.create({ name: "shared.test", ttl: 60 }, () => false);
    const subnet = await client.subnets.find(({ cidr }) => cidr === "192.168.0.0/22");
    const fields = { gateway_ip: "192.168.0.1", dns_servers: ["192.168.0.2"], description: "PXE of all racks" };
    await client.subnets.update(String(subnet?.id), fields);
    await client.ipRanges.create(
      { type: "reserved", start_ip: "192.168.2.5", end_ip: "192.168.2.9", subnet: subnet?.id, comment: "Theirs" },
      () => false,
    );
  });

  async function up(command: () => Command, rows: readonly Row[]): Promise<Kept[]> {
    const kept: Kept[] = [];
    for (const [kind, args] of rows) kept.push(await command().up(kind, { ...args, adopt: true }));
    return kept;
  }

  async function destroy(command: () => Command, rows: readonly Row[], kept: readonly Kept[]): Promise<void> {
    for (const [index, [kind]] of [...rows.entries()].reverse()) {
      const resource = kept[index];
      if (resource !== undefined) await command().destroy(kind, resource);
    }
  }

  const origins = (kept: readonly Kept[]): unknown[] => kept.map(({ state }) => state["origin"]);

  for (const order of ["owner last", "owner first"] as const)
    it(`restore every previous value, destroyed with the ${order}`, async () => {
      const before = site();
      const first = await up(dc1, shared);
      assert.ok(origins(first).every((origin) => origin === "adopted"));
      const between = site();
      const second = await up(dc2, shared);
      assert.deepEqual(site(), between, "the second stack writes nothing");
      // A domain without machines has nothing that bears a marker.
      const derived = origins(second).filter((_origin, index) => shared[index]?.[0].kind !== "maas:Domain");
      assert.ok(
        derived.every((origin) => origin === "referenced"),
        JSON.stringify(origins(second)),
      );
      if (order === "owner last") {
        await destroy(dc2, shared, second);
        assert.deepEqual(site(), between, "a referenced object is left alone");
        await destroy(dc1, shared, first);
      } else {
        await destroy(dc1, shared, first);
        assert.deepEqual(site(), before);
        await destroy(dc2, shared, second);
      }
      assert.deepEqual(site(), before);
    });

  for (const [kind, args] of [
    row(resourcePoolKind, { name: "shared", description: "Mine" }),
    row(zoneKind, { name: "shared", description: "Mine" }),
    row(tagKind, { name: "shared", kernelOptions: "splash" }),
    row(fabricKind, { name: "mine", holding: "192.168.0.0/22" }),
    row(vlanKind, { fabric: "datacenter", vid: 0, mtu: 1500 }),
    row(subnetKind, { cidr: "192.168.0.0/22", fabric: "datacenter", vid: 0, dnsServers: ["192.168.0.54"] }),
    row(ipRangeKind, { subnet: "192.168.0.0/22", type: "dynamic", start: "192.168.2.5", end: "192.168.2.9" }),
  ])
    it(`are named both, with field and values, where they describe ${kind.kind} differently`, async () => {
      await up(dc1, shared);
      const before = site();
      await assert.rejects(
        dc2().up(kind, { ...args, adopt: true }),
        /datacenter "dc1".*datacenter "dc2".* is .*described is /,
      );
      assert.deepEqual(site(), before);
    });

  it("know a route by the owner of its source", async () => {
    const rows = [
      row(vlanKind, { fabric: "fabric-0", vid: 10 }),
      row(subnetKind, { cidr: "10.1.0.0/24", fabric: "fabric-0", vid: 10 }),
      row(subnetKind, { cidr: "10.2.0.0/24", fabric: "fabric-0", vid: 10 }),
      row(staticRouteKind, { source: "10.1.0.0/24", destination: "10.2.0.0/24", gateway: "10.1.0.1", metric: 1 }),
    ];
    await up(dc1, rows);
    const route = rows[3]?.[1] ?? {};
    const second = await dc2().up(staticRouteKind, route);
    assert.equal(second.state["origin"], "referenced");
    await assert.rejects(
      dc2().up(staticRouteKind, { ...route, metric: 2, adopt: true }),
      /metric is 1, described is 2/,
    );
  });

  it("cannot be taken apart while the other has machines on what is restored or deleted", async () => {
    const rows = [
      row(resourcePoolKind, { name: "ours" }),
      row(zoneKind, { name: "shared", description: "Ours" }),
      row(subnetKind, { cidr: "192.168.0.0/22", fabric: "fabric-0", vid: 0, dnsServers: ["192.168.0.53"] }),
    ];
    const kept = await up(dc1, rows);
    const machines = await dc2().link.client.machines.list();
    const worker = machines.find(({ hostname }) => hostname === "worker-1");
    const place = { machine: worker?.system_id ?? "", pool: "ours", zone: "shared", domain: "maas" };
    await dc2().up(poolMembershipKind, place);
    const nic = worker?.interface_set.find(({ id }) => id === worker.boot_interface?.id);
    await dc2().link.client.machines.change(worker?.system_id ?? "", {
      method: "POST",
      path: `nodes/${worker?.system_id}/interfaces/${nic?.id}/`,
      query: { op: "link_subnet" },
      form: { mode: "AUTO", subnet: "cidr:192.168.0.0/22", force: true },
    });
    const before = site();
    for (const [index, [kind]] of rows.entries()) {
      const resource = kept[index];
      assert.ok(resource);
      await assert.rejects(dc1().destroy(kind, resource), /machine worker-1 of datacenter "dc2"/, kind.kind);
    }
    assert.deepEqual(site(), before);
  });
});
