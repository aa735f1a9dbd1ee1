import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { hostRegion } from "./host-region";
import { fourNic, hostArgs, hostDown, hostUp, onRepave, withField } from "./hosts";
import type { Kept } from "./region";

describe("host network (simulated MAAS)", () => {
  const maas = hostRegion();

  it("brings a host up, reads it back without a difference, and puts it back as it was", async () => {
    const before = await maas.seen("worker-1");
    const host = await hostUp(maas.command(), "worker-1");
    assert.deepEqual(host.network.state.pending, []);
    await maas.clean(host.network, hostArgs(host.machine).network);
    await hostDown(maas.command(), host);
    assert.deepEqual(await maas.seen("worker-1"), before);
  });

  for (const [host, nics] of [
    ["worker-1", "NICs on fabrics of their own, which MAAS deletes"],
    ["worker-2", "NICs with a discovered address"],
    ["worker-3", "NICs with a discovered address and no link"],
    ["worker-4", "one NIC of each kind, one without a VLAN"],
  ]) {
    it(`puts ${host} back as commissioning left it: ${nics}`, async () => {
      const before = await maas.seen(host ?? "");
      const up = await hostUp(maas.command(), host ?? "");
      assert.notDeepEqual(await maas.seen(host ?? ""), before);
      await hostDown(maas.command(), up);
      assert.deepEqual(await maas.seen(host ?? ""), before);
    });
  }

  it("creates no fabric twice when a restore is interrupted and repeated", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    const fabrics = async () => (await maas.command().link.client.fabrics.list(0)).length;
    const inUse = await fabrics();
    maas.simulator.faults.add({
      kind: "status",
      status: 500,
      method: "POST",
      path: "/nodes/*",
      operation: "link_subnet",
    });
    await assert.rejects(maas.command().destroy(hostNetworkKind, host.network));
    maas.simulator.faults.clear();
    await hostDown(maas.command(), host);
    assert.equal(await fabrics(), inUse + 3);
  });

  it("needs as many writes as the plan has calls, and two reads", async () => {
    const command = maas.command();
    await command.up(machineKind, { find: { hostname: "worker-2" } });
    await command.link.client.fabrics.list();
    await command.link.client.subnets.list();
    maas.simulator.requests.clear();
    const machine = await command.up(machineKind, { find: { hostname: "worker-1" } });
    await command.up(hostNetworkKind, hostArgs(machine).network);
    assert.equal(maas.reads(), 1);
    const count = maas.writes();
    assert.ok(count >= 8 && count <= 12, `${count} writes`);
  });

  it("shows drift by interface and field, and heals it", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    const args = hostArgs(host.machine).network;
    await maas.byHand("worker-1", "bond_mgmt", { mtu: 9000 });
    const refreshed = await maas.command().refresh(hostNetworkKind, host.network);
    assert.ok(refreshed);
    assert.equal(field(refreshed, "bond_mgmt", "mtu"), 9000);
    assert.equal((await maas.command().diff(hostNetworkKind, refreshed, args)).changes, true);
    const healed = await maas.command().update(hostNetworkKind, refreshed, args);
    await maas.clean(healed, args);
  });

  it("changes a Ready host in place", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    const interfaces = withField(fourNic, "bond_mgmt.10", { mtu: 1400 });
    const args = hostArgs(host.machine, interfaces).network;
    assert.equal((await maas.command().diff(hostNetworkKind, host.network, args)).changes, true);
    await maas.clean(await maas.command().update(hostNetworkKind, host.network, args), args);
  });

  describe("of a deployed machine", () => {
    const wish = withField(fourNic, "bond_data", { mtu: 1500, bond: { mode: "active-backup" } });

    it("records the change, is clean while it waits, and makes it when the machine is back", async () => {
      const host = await hostUp(maas.command(), "worker-1");
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const deployed = hostArgs(host.machine, wish, onRepave).network;
      assert.equal((await maas.command().diff(hostNetworkKind, host.network, deployed)).changes, true);
      maas.simulator.requests.clear();
      const recorded = await maas.command().update(hostNetworkKind, host.network, deployed);
      assert.equal(maas.writes(), 0);
      const change = {
        part: "network",
        subject: "bond_data",
        field: "bond.mode",
        actual: "802.3ad",
        desired: "active-backup",
      };
      assert.deepEqual(recorded.state.pending, [change]);
      await maas.clean(recorded, deployed);

      maas.simulator.setMachineStatus("worker-1", "ready");
      const ready = hostArgs(host.machine, wish).network;
      const back = await maas.command().refresh(hostNetworkKind, recorded);
      assert.ok(back);
      assert.equal((await maas.command().diff(hostNetworkKind, back, ready)).changes, true);
      const { changes } = await maas.command().diff(hostNetworkKind, recorded, ready);
      assert.equal(changes, true, "also without a refresh");
      const applied = await maas.command().update(hostNetworkKind, recorded, ready);
      assert.deepEqual(applied.state.pending, []);
      await maas.clean(applied, ready);
    });

    it("reads a state of an earlier version, with texts, without a change", async () => {
      const host = await hostUp(maas.command(), "worker-1");
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const args = hostArgs(host.machine, wish, onRepave).network;
      const recorded = await maas.command().update(hostNetworkKind, host.network, args);
      const texts: PlainObject = {
        pending: ["bond_data: bond.mode is 802.3ad, wanted active-backup"],
        changes: "pending until repave: worker-1 is Deployed",
      };
      const earlier = { ...recorded, state: { ...recorded.state, ...texts } };
      assert.equal((await maas.command().diff(hostNetworkKind, earlier, args)).changes, false);
      const refreshed = await maas.command().refresh(hostNetworkKind, earlier);
      assert.ok(refreshed);
      assert.deepEqual(refreshed.state.pending, texts.pending);
      await maas.clean(earlier, args);
      maas.simulator.setMachineStatus("worker-1", "ready");
      const ready = hostArgs(host.machine, wish).network;
      assert.equal((await maas.command().diff(hostNetworkKind, earlier, ready)).changes, true);
      assert.deepEqual((await maas.command().update(hostNetworkKind, earlier, ready)).state.pending, []);
    });

    it("reports any other drift while a change waits", async () => {
      const host = await hostUp(maas.command(), "worker-1");
      await maas.byHand("worker-1", "bond_mgmt", { mtu: 1400 });
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const args = hostArgs(host.machine, wish, onRepave).network;
      const recorded = await maas
        .command()
        .update(hostNetworkKind, { ...host.network, state: { ...host.network.state } }, args);
      await maas.clean(recorded, args);
      maas.simulator.setMachineStatus("worker-1", "ready");
      await maas.byHand("worker-1", "bond_mgmt", { mtu: 1300 });
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const refreshed = await maas.command().refresh(hostNetworkKind, recorded);
      assert.ok(refreshed);
      assert.equal(field(refreshed, "bond_mgmt", "mtu"), 1300);
      assert.equal((await maas.command().diff(hostNetworkKind, refreshed, args)).changes, true);
    });

    it("takes a host over without touching it", async () => {
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const before = await maas.seen("worker-1");
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      const args = hostArgs(machine, fourNic, onRepave).network;
      const kept = await maas.command().up(hostNetworkKind, args);
      assert.ok((kept.state.pending as unknown[]).length > 0);
      assert.deepEqual(await maas.seen("worker-1"), before);
      await maas.clean(kept, args);
      await maas.command().destroy(hostNetworkKind, kept);
      assert.deepEqual(await maas.seen("worker-1"), before);
    });

    it("refuses to put back a network under a running host", async () => {
      const host = await hostUp(maas.command(), "worker-1");
      maas.simulator.setMachineStatus("worker-1", "deployed");
      await assert.rejects(hostDown(maas.command(), host), /worker-1.*is Deployed.*Release it first/);
      await assert.rejects(
        maas.command().destroy(hostNetworkKind, host.network),
        /worker-1.*Deployed.*Release it first/,
      );
    });
  });
});

function field(kept: Kept, name: string, key: string): unknown {
  const interfaces = kept.state.interfaces as Record<string, PlainObject>;
  return interfaces[name]?.[key];
}
