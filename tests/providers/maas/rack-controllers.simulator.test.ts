import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { vlanDhcpKind } from "../../../providers/maas/vlan-dhcp";
import { region } from "./region";

describe("rack controllers of a VLAN's DHCP (simulated MAAS)", () => {
  const maas = region();
  let first = "";

  beforeEach(async () => {
    maas.simulator.reset();
    const { rackControllers } = maas.simulator.store.site;
    const [rack] = rackControllers;
    assert.ok(rack);
    first = rack.hostname;
    rackControllers.push({ ...structuredClone(rack), systemId: "rack02", hostname: "second" });
    await maas
      .command()
      .up(ipRangeKind, { subnet: "192.168.0.0/22", type: "dynamic", start: "192.168.2.10", end: "192.168.2.99" });
    const { client } = maas.command().link;
    const vlan = (await client.fabrics.named("fabric-0"))?.vlans.find(({ vid }) => vid === 0);
    await client.fabrics.updateVlan(vlan?.id ?? 0, { dhcp_on: false, primary_rack: null });
  });

  const args = (more: PlainObject = {}): PlainObject => ({ fabric: "fabric-0", vid: 0, adopt: true, ...more });

  it("have to be named when there are several, with their names", async () => {
    await assert.rejects(maas.command().up(vlanDhcpKind, args()), /several rack controllers: .*second.*primaryRack/);
  });

  it("are refused when they do not exist, with those that do", async () => {
    await assert.rejects(
      maas.command().up(vlanDhcpKind, args({ primaryRack: "third" })),
      /no rack controller "third".*second/,
    );
  });

  for (const name of ["second", "second.maas", "rack02"])
    it(`are meant by ${name}, and read back so`, async () => {
      const wanted = args({ primaryRack: name, secondaryRack: first });
      const kept = await maas.command().up(vlanDhcpKind, wanted);
      assert.equal(kept.state["rack"], "rack02");
      const seen = await maas.command().refresh(vlanDhcpKind, kept);
      assert.ok(seen);
      assert.equal((await maas.command().diff(vlanDhcpKind, seen, wanted)).changes, false);
    });

  for (const [input, by] of [
    ["primaryRack", "primary_rack"],
    ["secondaryRack", "secondary_rack"],
  ] as const)
    it(`show that ${input} was changed by hand, and heals it`, async () => {
      const wanted = args({ primaryRack: first, secondaryRack: "second" });
      const kept = await maas.command().up(vlanDhcpKind, wanted);
      const { client } = maas.command().link;
      const both = { primary_rack: "rack02", secondary_rack: null };
      await client.fabrics.updateVlan(Number(kept.id), input === "primaryRack" ? both : { [by]: null });
      const seen = await maas.command().refresh(vlanDhcpKind, kept);
      assert.ok(seen);
      assert.notEqual(seen.state[input], kept.state[input]);
      assert.equal((await maas.command().diff(vlanDhcpKind, seen, wanted)).changes, true);
      const healed = await maas.command().update(vlanDhcpKind, seen, wanted);
      const after = await maas.command().refresh(vlanDhcpKind, healed);
      assert.ok(after);
      assert.equal((await maas.command().diff(vlanDhcpKind, after, wanted)).changes, false);
    });

  it("change places, and go with DHCP", async () => {
    const kept = await maas.command().up(vlanDhcpKind, args({ primaryRack: first, secondaryRack: "second" }));
    for (const wanted of [
      args({ primaryRack: "second", secondaryRack: first }),
      args({ primaryRack: first, secondaryRack: "second" }),
      args({ enabled: false }),
      args({ primaryRack: first, secondaryRack: "second" }),
    ]) {
      const changed = await maas.command().update(vlanDhcpKind, kept, wanted);
      const seen = await maas.command().refresh(vlanDhcpKind, changed);
      assert.ok(seen);
      assert.equal((await maas.command().diff(vlanDhcpKind, seen, wanted)).changes, false);
    }
    await maas.command().destroy(vlanDhcpKind, kept);
    const vlan = await maas.command().link.client.fabrics.vlanById(kept.id);
    assert.deepEqual([vlan?.dhcp_on, vlan?.primary_rack, vlan?.secondary_rack], [false, null, null]);
  });
});
