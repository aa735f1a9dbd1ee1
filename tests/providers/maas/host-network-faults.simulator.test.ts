import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { hostRegion } from "./host-region";
import { fabric, fourNic, hostArgs, hostUp, makeSite, withField } from "./hosts";

describe("host network when something goes wrong (simulated MAAS)", () => {
  const maas = hostRegion();

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
        await maas.clean(host.network, hostArgs(host.machine).network);
      });
    }
  }

  it("goes on where a killed run stopped, wherever that was, and still knows the former network", async () => {
    const before = await maas.seen("worker-1");
    maas.simulator.requests.clear();
    await hostUp(maas.command(), "worker-1");
    const total = maas.writes();
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
      await maas.clean(kept, args);
      await maas.command().destroy(hostNetworkKind, kept);
      assert.deepEqual(await maas.seen("worker-1"), before, `stopped after ${stop} calls`);
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
    await maas.clean(repaired, args);
  });

  it("names the machine and the NIC that it lacks, before anything is changed", async () => {
    const machine = await maas.command().up(machineKind, { find: { hostname: "cp-1" } });
    maas.simulator.requests.clear();
    await assert.rejects(maas.command().up(hostNetworkKind, hostArgs(machine).network), /cp-1.*enp1s1/s);
    assert.equal(maas.writes(), 0);
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
    assert.equal(maas.writes(), 0);
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
