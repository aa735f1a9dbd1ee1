import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { fabric, fourNic, hostArgs, hostDown, hostUp, makeSite, withField } from "./hosts";
import { type Command, type Kept, region } from "./region";

const repave = "pending until repave: worker-1 is Deployed";

describe("host network (simulated MAAS)", () => {
  const maas = region();
  beforeEach(async () => {
    maas.simulator.reset();
    await makeSite(maas.command());
    maas.simulator.requests.clear();
  });

  /** A machine as a stranger sees it over the API, without what changes by itself. */
  async function seen(hostname: string): Promise<unknown> {
    const machines = await maas.command().link.client.machines.list(0);
    const machine = machines.find((candidate) => candidate.hostname === hostname);
    assert.ok(machine);
    const { interface_set, pool, zone, domain, description, tag_names, default_gateways } = machine;
    return JSON.parse(
      JSON.stringify({
        pool: pool.name,
        zone: zone.name,
        domain: domain.name,
        description,
        tag_names,
        gateway: default_gateways.ipv4.link_id === null,
        interfaces: interface_set.map(({ name, type, mac_address, vlan, links, parents, params, enabled }) => ({
          name,
          type,
          mac_address,
          vlan: vlan?.id ?? null,
          links: links.map(({ mode, subnet }) => ({ mode, subnet: mode === "link_up" ? null : subnet?.cidr })),
          parents,
          params,
          enabled,
        })),
      }),
    );
  }

  const writes = (): number => maas.simulator.requests.list().filter(({ method }) => method !== "GET").length;
  const reads = (): number => maas.simulator.requests.list().filter(({ method }) => method === "GET").length;

  async function clean(kept: Kept, args: PlainObject): Promise<void> {
    const refreshed = await maas.command().refresh(hostNetworkKind, kept);
    assert.ok(refreshed);
    const { changes } = await maas.command().diff(hostNetworkKind, refreshed, args);
    assert.equal(changes, false);
  }

  it("brings a host up, reads it back without a difference, and puts it back as it was", async () => {
    const before = await seen("worker-1");
    const host = await hostUp(maas.command(), "worker-1");
    assert.deepEqual(host.network.state.pending, []);
    await clean(host.network, hostArgs(host.machine).network);
    await hostDown(maas.command(), host);
    assert.deepEqual(await seen("worker-1"), before);
  });

  it("needs as many writes as the plan has calls, and two reads", async () => {
    const command = maas.command();
    await command.up(machineKind, { find: { hostname: "worker-2" } });
    await command.link.client.fabrics.list();
    await command.link.client.subnets.list();
    maas.simulator.requests.clear();
    const machine = await command.up(machineKind, { find: { hostname: "worker-1" } });
    await command.up(hostNetworkKind, hostArgs(machine).network);
    assert.equal(reads(), 1);
    const count = writes();
    assert.ok(count >= 8 && count <= 12, `${count} writes`);
  });

  it("shows drift by interface and field, and heals it", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    const args = hostArgs(host.machine).network;
    await byHand("worker-1", "bond_mgmt", { mtu: 9000 });
    const refreshed = await maas.command().refresh(hostNetworkKind, host.network);
    assert.ok(refreshed);
    assert.equal(field(refreshed, "bond_mgmt", "mtu"), 9000);
    assert.equal((await maas.command().diff(hostNetworkKind, refreshed, args)).changes, true);
    const healed = await maas.command().update(hostNetworkKind, refreshed, args);
    await clean(healed, args);
  });

  it("changes a Ready host in place", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    const interfaces = withField(fourNic, "bond_mgmt.10", { mtu: 1400 });
    const args = hostArgs(host.machine, interfaces).network;
    assert.equal((await maas.command().diff(hostNetworkKind, host.network, args)).changes, true);
    await clean(await maas.command().update(hostNetworkKind, host.network, args), args);
  });

  describe("of a deployed machine", () => {
    const wish = withField(fourNic, "bond_data", { mtu: 1500, bond: { mode: "active-backup" } });

    it("records the change, is clean while it waits, and makes it when the machine is back", async () => {
      const host = await hostUp(maas.command(), "worker-1");
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const deployed = hostArgs(host.machine, wish, repave).network;
      assert.equal((await maas.command().diff(hostNetworkKind, host.network, deployed)).changes, true);
      maas.simulator.requests.clear();
      const recorded = await maas.command().update(hostNetworkKind, host.network, deployed);
      assert.equal(writes(), 0);
      assert.deepEqual(recorded.state.pending, ["bond_data: bond.mode is 802.3ad, wanted active-backup"]);
      await clean(recorded, deployed);

      maas.simulator.setMachineStatus("worker-1", "ready");
      const ready = hostArgs(host.machine, wish).network;
      const back = await maas.command().refresh(hostNetworkKind, recorded);
      assert.ok(back);
      assert.equal((await maas.command().diff(hostNetworkKind, back, ready)).changes, true);
      const { changes } = await maas.command().diff(hostNetworkKind, recorded, ready);
      assert.equal(changes, true, "also without a refresh");
      const applied = await maas.command().update(hostNetworkKind, recorded, ready);
      assert.deepEqual(applied.state.pending, []);
      await clean(applied, ready);
    });

    it("reports any other drift while a change waits", async () => {
      const host = await hostUp(maas.command(), "worker-1");
      await byHand("worker-1", "bond_mgmt", { mtu: 1400 });
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const args = hostArgs(host.machine, wish, repave).network;
      const recorded = await maas
        .command()
        .update(hostNetworkKind, { ...host.network, state: { ...host.network.state } }, args);
      await clean(recorded, args);
      maas.simulator.setMachineStatus("worker-1", "ready");
      await byHand("worker-1", "bond_mgmt", { mtu: 1300 });
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const refreshed = await maas.command().refresh(hostNetworkKind, recorded);
      assert.ok(refreshed);
      assert.equal(field(refreshed, "bond_mgmt", "mtu"), 1300);
      assert.equal((await maas.command().diff(hostNetworkKind, refreshed, args)).changes, true);
    });

    it("takes a host over without touching it", async () => {
      maas.simulator.setMachineStatus("worker-1", "deployed");
      const before = await seen("worker-1");
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      const args = hostArgs(machine, fourNic, repave).network;
      const kept = await maas.command().up(hostNetworkKind, args);
      assert.ok((kept.state.pending as string[]).length > 0);
      assert.deepEqual(await seen("worker-1"), before);
      await clean(kept, args);
      await maas.command().destroy(hostNetworkKind, kept);
      assert.deepEqual(await seen("worker-1"), before);
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

  describe("when something goes wrong", () => {
    for (const fault of [
      { kind: "status-after-work" as const, status: 502 },
      { kind: "reset-after-work" as const },
      { kind: "reset" as const },
    ]) {
      for (const operation of ["create_bond", "create_vlan", "create_bridge", "link_subnet"]) {
        it(`does nothing twice after a lost answer (${fault.kind} in ${operation})`, async () => {
          maas.simulator.faults.add({ ...fault, method: "POST", path: "/nodes/*", operation, skip: 1, count: 1 });
          const host = await hostUp(maas.command(), "worker-1");
          maas.simulator.faults.clear();
          await clean(host.network, hostArgs(host.machine).network);
        });
      }
    }

    it("goes on where a killed run stopped, wherever that was, and still knows the former network", async () => {
      const before = await seen("worker-1");
      const total = await writesOfHost();
      for (let stop = 0; stop < total; stop += 2) {
        maas.simulator.reset();
        await makeSite(maas.command());
        const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
        const args = hostArgs(machine).network;
        // A kill leaves no record: everything after some call is refused, and the record thrown away.
        maas.simulator.faults.add({ kind: "status", status: 500, method: "POST", path: "/nodes/*", skip: stop });
        maas.simulator.faults.add({ kind: "status", status: 500, method: "PUT", path: "/nodes/*" });
        await maas
          .command()
          .up(hostNetworkKind, args)
          .catch(() => undefined);
        maas.simulator.faults.clear();
        const kept = await maas.command().up(hostNetworkKind, args);
        await clean(kept, args);
        await maas.command().destroy(hostNetworkKind, kept);
        assert.deepEqual(await seen("worker-1"), before, `stopped after ${stop} calls`);
      }
    });

    it("keeps a half configured host on record and repairs it with the next up", async () => {
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      const args = hostArgs(machine).network;
      maas.simulator.faults.add({ kind: "status", status: 503, method: "POST", path: "/nodes/*", skip: 3 });
      const failing = maas.command();
      const failure = await failing.up(hostNetworkKind, args).then(
        () => assert.fail("it should have failed"),
        (thrown: unknown) => thrown as Error & { id?: string; properties?: PlainObject },
      );
      assert.equal(failure.id, machine.id);
      assert.match(failure.message, /worker-1.*half configured/);
      assert.ok(failure.properties?.__provider);
      maas.simulator.faults.clear();
      const kept = { id: machine.id, state: failure.properties ?? {} };
      const repaired = await maas.command().update(hostNetworkKind, kept, args);
      assert.deepEqual(repaired.state.pending, []);
      await clean(repaired, args);
    });

    it("names the machine and the NIC that it lacks, before anything is changed", async () => {
      const machine = await maas.command().up(machineKind, { find: { hostname: "cp-1" } });
      maas.simulator.requests.clear();
      await assert.rejects(maas.command().up(hostNetworkKind, hostArgs(machine).network), /cp-1.*enp1s1/s);
      assert.equal(writes(), 0);
    });

    it("names VLANs and subnets that MAAS does not have, before anything is changed", async () => {
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      maas.simulator.requests.clear();
      const noVlan = withField(fourNic, "bond_mgmt.10", { vlan: { fabric, vid: 99 }, links: [] });
      await assert.rejects(
        maas.command().up(hostNetworkKind, hostArgs(machine, noVlan).network),
        /no VLAN 99.*0, 10, 20/,
      );
      const noSubnet = withField(fourNic, "bond_mgmt.10", { links: [{ mode: "AUTO", subnet: "10.99.0.0/24" }] });
      await assert.rejects(
        maas.command().up(hostNetworkKind, hostArgs(machine, noSubnet).network),
        /no subnet 10\.99\.0\.0\/24/,
      );
      const elsewhere = withField(fourNic, "bond_mgmt.10", { links: [{ mode: "AUTO", subnet: "10.20.0.0/16" }] });
      await assert.rejects(
        maas.command().up(hostNetworkKind, hostArgs(machine, elsewhere).network),
        /10\.20\.0\.0\/16 is on VLAN fabric-0\/20/,
      );
      assert.equal(writes(), 0);
    });

    it("names who has an address that is taken, which MAAS answers with 404", async () => {
      const taken = withField(fourNic, "bond_mgmt.10", {
        links: [{ mode: "STATIC", subnet: "172.16.0.0/22", ipAddress: "172.16.0.77" }],
      });
      await hostUp(maas.command(), "worker-1", taken);
      await assert.rejects(
        hostUp(maas.command(), "worker-2", taken),
        /172\.16\.0\.77 is in use by bond_mgmt\.10 of worker-1/,
      );
    });

    it("waits for a machine that MAAS is busy with", async () => {
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      maas.simulator.setMachineStatus("worker-1", "releasing");
      const waiting = maas.command().up(hostNetworkKind, hostArgs(machine).network);
      setTimeout(() => maas.simulator.setMachineStatus("worker-1", "ready"), 50);
      assert.deepEqual((await waiting).state.pending, []);
    });

    it("stops waiting in time, on record", async () => {
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      maas.simulator.setMachineStatus("worker-1", "disk erasing");
      const args = { ...hostArgs(machine).network, waitMinutes: 0 };
      await assert.rejects(
        maas.command().up(hostNetworkKind, args),
        (failure: Error & { id?: string }) =>
          failure.id === machine.id && /still Disk erasing.*again to go on/.test(failure.message),
      );
    });

    it("names what MAAS says of a machine that is stuck", async () => {
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      maas.simulator.setMachineStatus("worker-1", "failed commissioning");
      await assert.rejects(
        maas.command().up(hostNetworkKind, hostArgs(machine).network),
        /worker-1.*is Failed commissioning\. Look at its commissioning results/,
      );
    });
  });

  /** Changes an interface of a machine as somebody at the UI would. */
  async function byHand(hostname: string, name: string, form: Record<string, string | number>): Promise<void> {
    const { client } = maas.command().link;
    const machine = (await client.machines.list(0)).find((candidate) => candidate.hostname === hostname);
    const found = machine?.interface_set.find((candidate) => candidate.name === name);
    assert.ok(machine && found);
    const path = `nodes/${machine.system_id}/interfaces/${found.id}/`;
    await client.machines.change(machine.system_id, { method: "PUT", path, form });
  }

  async function writesOfHost(): Promise<number> {
    maas.simulator.requests.clear();
    await hostUp(maas.command(), "worker-1");
    return writes();
  }
});

function field(kept: Kept, name: string, key: string): unknown {
  const interfaces = kept.state.interfaces as Record<string, PlainObject>;
  return interfaces[name]?.[key];
}

/** Keeps the type of a command visible to readers of the tests above. */
export type { Command };
