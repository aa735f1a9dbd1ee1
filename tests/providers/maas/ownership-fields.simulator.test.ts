import assert from "node:assert/strict";
import { actualFabricName, fabricKind } from "../../../providers/maas/fabric";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { subnetKind } from "../../../providers/maas/subnet";
import { vlanDhcpKind } from "../../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { region } from "./region";
import { siteOf } from "./site-of";

const boot = { cidr: "192.168.0.0/22", fabric: "fabric-0", vid: 0 };

describe("fields of objects that exist (simulated MAAS)", () => {
  const maas = region();
  const site = (): unknown => siteOf(maas.simulator);
  const stored = () => maas.simulator.store.site.subnets.find(({ cidr }) => cidr === boot.cidr);

  async function bootSubnet(fields: Readonly<Record<string, string | string[] | boolean>>): Promise<void> {
    const { client } = maas.command().link;
    const subnet = await client.subnets.find(({ cidr }) => cidr === boot.cidr);
    await client.subnets.update(String(subnet?.id), fields);
  }

  beforeEach(async () => {
    maas.simulator.reset();
    await bootSubnet({ gateway_ip: "192.168.0.1", dns_servers: ["192.168.0.2"], name: "pxe" });
  });

  it("keep gateway, DNS and name where nobody describes them, without a write and without drift", async () => {
    const before = site();
    maas.simulator.requests.clear();
    const kept = await maas.command().up(subnetKind, boot);
    assert.deepEqual([kept.state["origin"], kept.state["gateway"], kept.state["dnsServers"]], ["adopted", null, null]);
    assert.ok(maas.simulator.requests.list().every(({ method }) => method === "GET"));
    await bootSubnet({ gateway_ip: "192.168.0.254", allow_dns: false });
    const seen = await maas.command().refresh(subnetKind, kept);
    assert.ok(seen);
    assert.equal((await maas.command().diff(subnetKind, seen, boot)).changes, false);
    await bootSubnet({ gateway_ip: "192.168.0.1", allow_dns: true });
    await maas.command().destroy(subnetKind, kept);
    assert.deepEqual(site(), before);
  });

  it("show drift where they are described, and are healed without a further permission", async () => {
    const args = { ...boot, dnsServers: ["192.168.0.53"] };
    const kept = await maas.command().up(subnetKind, { ...args, adopt: true });
    await bootSubnet({ dns_servers: ["192.168.0.99"] });
    const seen = await maas.command().refresh(subnetKind, kept);
    assert.deepEqual(seen?.state["dnsServers"], ["192.168.0.99"]);
    assert.equal((await maas.command().diff(subnetKind, seen, args)).changes, true);
    const healed = await maas.command().update(subnetKind, seen, args);
    assert.deepEqual(stored()?.dnsServers, ["192.168.0.53"]);
    await maas.command().destroy(subnetKind, healed);
    assert.deepEqual(stored()?.dnsServers, ["192.168.0.2"], "the value before the stack, not that of the drift");
  });

  it("are not restored where somebody else changed them since, which is reported", async () => {
    const args = { ...boot, dnsServers: ["192.168.0.53"], allowProxy: false };
    const kept = await maas.command().up(subnetKind, { ...args, adopt: true });
    await bootSubnet({ dns_servers: ["192.168.0.99"] });
    const command = maas.command();
    await command.destroy(subnetKind, kept);
    assert.deepEqual([stored()?.dnsServers, stored()?.allowProxy, stored()?.description], [["192.168.0.99"], true, ""]);
    assert.ok(command.told.some((line) => /dnsServers is left.*192\.168\.0\.53.*192\.168\.0\.99/.test(line)));
  });

  it("get their previous value back when they are no longer described", async () => {
    const before = site();
    const kept = await maas.command().up(subnetKind, { ...boot, dnsServers: ["192.168.0.53"], adopt: true });
    assert.equal((await maas.command().diff(subnetKind, kept, boot)).changes, true);
    const updated = await maas.command().update(subnetKind, kept, boot);
    assert.deepEqual(site(), before, "marker included");
    assert.equal((await maas.command().diff(subnetKind, updated, boot)).changes, false);
  });

  it("are not changed by a typo in a VLAN id", async () => {
    await maas.command().up(vlanKind, { fabric: "fabric-0", vid: 170 });
    const before = site();
    const typo = { ...boot, vid: 170, adopt: true };
    await assert.rejects(
      maas.command().up(subnetKind, typo),
      /vlan fabric-0\/0 -> fabric-0\/170.*object: "subnet 192\.168\.0\.0\/22", field: vlan/s,
    );
    assert.deepEqual(site(), before);
    const moved = await maas.command().up(subnetKind, { ...typo, approve: ["vlan"] });
    await maas.command().destroy(subnetKind, moved);
    assert.deepEqual(site(), before);
  });

  it("keep the router's address from machines when a gateway is removed on purpose", async () => {
    const before = site();
    const args = { ...boot, gateway: "none", adopt: true };
    await assert.rejects(maas.command().up(subnetKind, args), /OWN002/);
    const kept = await maas.command().up(subnetKind, { ...args, approve: ["gateway"] });
    assert.equal(stored()?.gatewayIp, null);
    const [range] = maas.simulator.store.site.ipRanges;
    assert.deepEqual([range?.type, range?.startIp, range?.endIp], ["reserved", "192.168.0.1", "192.168.0.1"]);
    await maas.command().destroy(subnetKind, kept);
    assert.deepEqual(site(), before);
  });

  it("keep the router's address of a created subnet, until it has a gateway again", async () => {
    const args = { cidr: "10.1.0.0/24", fabric: "fabric-0", vid: 0 };
    const kept = await maas.command().up(subnetKind, { ...args, gateway: "10.1.0.1" });
    const without = await maas.command().update(subnetKind, kept, args);
    assert.equal(maas.simulator.store.site.ipRanges.length, 1);
    await maas.command().update(subnetKind, without, { ...args, gateway: "10.1.0.1" });
    assert.equal(maas.simulator.store.site.ipRanges.length, 0);
  });

  it("of networks that machines in use have addresses in need an approval, which names the machines", async () => {
    const { client } = maas.command().link;
    const worker = (await client.machines.list()).find(({ hostname }) => hostname === "worker-1");
    const nic = worker?.interface_set.find(({ id }) => id === worker.boot_interface?.id);
    await client.machines.change(worker?.system_id ?? "", {
      method: "POST",
      path: `nodes/${worker?.system_id}/interfaces/${nic?.id}/`,
      query: { op: "link_subnet" },
      form: { mode: "AUTO", subnet: `cidr:${boot.cidr}`, force: true },
    });
    maas.simulator.setMachineStatus("worker-1", "deployed");
    const args = { ...boot, dnsServers: ["192.168.0.53"], adopt: true };
    await assert.rejects(maas.command().up(subnetKind, args), /OWN004.*worker-1.*field: dnsServers/s);
    await assert.rejects(
      maas.command().up(vlanKind, { fabric: "fabric-0", vid: 0, mtu: 9000, adopt: true }),
      /OWN006.*worker-1.*"vlan fabric-0\/0", field: mtu/s,
    );
    await maas.command().up(subnetKind, { ...args, approve: ["dnsServers"] });
  });

  it("of a fabric whose name is not described stay, and its name is an output", async () => {
    const before = site();
    const kept = await maas.command().up(fabricKind, { holding: boot.cidr, defaultName: "datacenter" });
    assert.deepEqual(
      [kept.state["origin"], kept.state["currentName"], kept.state["name"]],
      ["adopted", "fabric-0", null],
    );
    assert.deepEqual(site(), before);
  });

  it("of a fabric that somebody named are changed only with an approval", async () => {
    const { client } = maas.command().link;
    await client.fabrics.update("0", { name: "production" });
    const args = { name: "datacenter", holding: boot.cidr, adopt: true };
    await assert.rejects(maas.command().up(fabricKind, args), /OWN009.*"fabric datacenter", field: name/s);
    const kept = await maas.command().up(fabricKind, { ...args, approve: ["name"] });
    await maas.command().destroy(fabricKind, kept);
    assert.equal(maas.simulator.store.site.fabrics.find(({ id }) => id === 0)?.name, "production");
  });

  it("of a VLAN that exists are let go when another number is described; a created VLAN is renumbered", async () => {
    const found = await maas.command().up(vlanKind, { fabric: "fabric-0", vid: 0 });
    const created = await maas.command().up(vlanKind, { fabric: "fabric-0", vid: 10 });
    for (const [kept, replaces] of [
      [found, ["vid"]],
      [created, []],
    ] as const)
      assert.deepEqual((await maas.command().diff(vlanKind, kept, { fabric: "fabric-0", vid: 11 })).replaces, replaces);
  });

  it("are never written where the description says that another team manages them", async () => {
    const before = site();
    const kept = await maas.command().up(subnetKind, { ...boot, reference: true, gateway: "192.168.0.1" });
    assert.equal(kept.state["origin"], "referenced");
    const other = { ...boot, reference: true, gateway: "192.168.0.9", adopt: true };
    await assert.rejects(maas.command().update(subnetKind, kept, other), /managed: false.*gateway is 192\.168\.0\.1/);
    await maas.command().destroy(subnetKind, kept);
    assert.deepEqual(site(), before);
    await assert.rejects(maas.command().up(zoneKind, { name: "nowhere", reference: true }), /has no zone nowhere/);
  });

  it("are handed over to another team with their previous values", async () => {
    const before = site();
    const kept = await maas.command().up(subnetKind, { ...boot, dnsServers: ["192.168.0.53"], adopt: true });
    const handed = await maas.command().update(subnetKind, kept, { ...boot, reference: true });
    assert.equal(handed.state["origin"], "referenced");
    assert.deepEqual(site(), before);
  });

  describe("in a forecast", () => {
    it("show what would be created, adopted and changed, and nothing is written", async () => {
      const { link } = maas.command();
      maas.simulator.requests.clear();
      const created = await resourcePoolKind.forecast(link, { name: "workers" });
      assert.deepEqual([created.exists, created.origin, created.refusal], [false, "created", undefined]);
      const equal = await subnetKind.forecast(link, boot);
      assert.deepEqual([equal.exists, equal.origin, equal.changes, equal.refusal], [true, "adopted", [], undefined]);
      const changed = await subnetKind.forecast(link, { ...boot, dnsServers: [], adopt: true });
      assert.deepEqual(changed.changes, [{ field: "dnsServers", from: ["192.168.0.2"], to: [] }]);
      assert.equal(changed.refusal, undefined);
      assert.ok(maas.simulator.requests.list().every(({ method }) => method === "GET"));
    });

    it("show the same refusal as the update gives", async () => {
      const args = { ...boot, vid: 170, gateway: "none" };
      const { refusal = "", dangers } = await subnetKind.forecast(maas.command().link, args);
      assert.equal(dangers.length, 2);
      await assert.rejects(maas.command().up(subnetKind, args), (failure: Error) => failure.message === refusal);
    });

    it("show this datacenter's objects as its own when the state was lost", async () => {
      await maas.command().up(zoneKind, { name: "az1" });
      const { exists, origin, certain } = await zoneKind.forecast(maas.command().link, { name: "az1" });
      assert.deepEqual([exists, origin, certain], [true, "created", true]);
    });

    it("name the other stack of an object", async () => {
      await maas.command({ name: "dc2" }).up(zoneKind, { name: "az1", description: "Row 1" });
      const { link } = maas.command({ name: "dc1" });
      const other = await zoneKind.forecast(link, { name: "az1", description: "Row 2", adopt: true });
      assert.deepEqual([other.origin, other.owner], ["referenced", "dc2"]);
      assert.match(other.refusal ?? "", /"dc2".*description is Row 1, described is Row 2/);
    });

    it("are found although their fabric would be renamed", async () => {
      const { link } = maas.command();
      const name = await actualFabricName(link, { name: "datacenter", holding: boot.cidr, defaultName: null });
      assert.equal(name, "fabric-0");
      const subnet = await subnetKind.forecast(link, { ...boot, fabric: name });
      assert.deepEqual([subnet.exists, subnet.changes], [true, []]);
      const vlan = await vlanKind.forecast(link, { fabric: name, vid: 0, mtu: 9000 });
      assert.deepEqual([vlan.exists, vlan.certain, vlan.changes.length], [true, false, 1]);
    });

    it("of DHCP do not need the VLAN, which may come with it", async () => {
      const { link } = maas.command();
      const dhcp = await vlanDhcpKind.forecast(link, { fabric: "fabric-0", vid: 30 });
      assert.deepEqual([dhcp.exists, dhcp.refusal], [false, undefined]);
    });

    it("are refused with the property where an argument is wrong", async () => {
      const { link } = maas.command();
      await assert.rejects(subnetKind.forecast(link, { ...boot, gateway: "router" }), /gateway/);
    });
  });
});
