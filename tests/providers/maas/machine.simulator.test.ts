import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { tagKind } from "../../../providers/maas/tag";
import { hostArgs, makeSite } from "./hosts";
import { region } from "./region";

describe("machine (simulated MAAS)", () => {
  const maas = region();
  beforeEach(() => maas.simulator.reset());

  const record = (hostname: string) => {
    const found = maas.simulator.store.machines.find((candidate) => candidate.hostname === hostname);
    assert.ok(found, hostname);
    return found;
  };
  const writes = (): number => maas.simulator.requests.list().filter(({ method }) => method !== "GET").length;

  it("is found by hostname, system id, MAC address or tag, and nothing is written to it", async () => {
    const { systemId } = record("worker-1");
    const [machine] = (await maas.command().link.client.machines.list()).filter(
      ({ system_id }) => system_id === systemId,
    );
    await maas.command().up(tagKind, { name: "mine", machines: [systemId] });
    maas.simulator.requests.clear();
    const mac = machine?.interface_set[1]?.mac_address?.toUpperCase() ?? "";
    for (const find of [{ hostname: "worker-1" }, { systemId }, { macAddress: mac }, { tag: "mine" }]) {
      const kept = await maas.command().up(machineKind, { find });
      assert.equal(kept.id, systemId);
      assert.equal(kept.state.hostname, "worker-1");
      const refreshed = await maas.command().refresh(machineKind, kept);
      assert.ok(refreshed);
      assert.equal((await maas.command().diff(machineKind, refreshed, { find })).changes, false);
      await maas.command().destroy(machineKind, kept);
    }
    assert.equal(writes(), 0);
  });

  it("is refused when it is not there, with what there is", async () => {
    await assert.rejects(
      maas.command().up(machineKind, { find: { hostname: "worker-01" } }),
      /Did you mean worker-1\?/,
    );
  });

  it("is refused when a second stack describes it", async () => {
    await makeSite(maas.command());
    const first = await maas.command({ name: "dc1" }).up(machineKind, { find: { hostname: "worker-1" } });
    await maas.command({ name: "dc1" }).up(poolMembershipKind, hostArgs(first).place);
    const second = maas.command({ name: "dc2" }).up(machineKind, { find: { hostname: "worker-1" } });
    await assert.rejects(second, /worker-1.*belongs to datacenter "dc1".*one stack only/);
    assert.ok(await maas.command({ name: "dc1" }).up(machineKind, { find: { hostname: "worker-1" } }));
  });

  it("stays the same machine when it is found another way, and is never swapped for another", async () => {
    const kept = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
    const same = await maas.command().update(machineKind, kept, { find: { systemId: kept.id } });
    assert.deepEqual(same.state.former, kept.state.former);
    await assert.rejects(
      maas.command().update(machineKind, kept, { find: { hostname: "worker-2" } }),
      /finds another machine, worker-2/,
    );
  });

  it("stays on record when MAAS does not have it any more, with a warning", async () => {
    const kept = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
    maas.simulator.faults.add({ kind: "status", status: 500, method: "GET", path: "/machines/*" });
    await assert.rejects(maas.command().refresh(machineKind, kept));
    maas.simulator.faults.clear();
    await maas.command().link.client.machines.change(kept.id, { method: "DELETE", path: `machines/${kept.id}/` });
    const command = maas.command();
    assert.deepEqual(await command.refresh(machineKind, kept), kept);
    assert.ok(
      command.told.some((line) => /worker-1 \(.*\): warning: MAAS does not have it any more/.test(line)),
      command.told.join("\n"),
    );
  });

  describe("that is enlisted", () => {
    const args: PlainObject = {
      find: { hostname: "new-1" },
      enlist: { hostname: "new-1", macAddresses: ["52:54:00:aa:bb:01"], powerType: "manual" },
      commission: true,
      waitMinutes: 1,
    };

    it("is enlisted, commissioned and waited for, and never deleted", async () => {
      maas.simulator.setTimeScale(100_000);
      const command = maas.command();
      const kept = await command.up(machineKind, args);
      assert.equal(record("new-1").systemId, kept.id);
      assert.ok(
        command.told.some((line) => /maas:Machine new-1 \(.*\): waiting for MAAS: Commissioning/.test(line)),
        command.told.join("\n"),
      );
      const machine = await maas.command().link.client.machines.read(kept.id);
      assert.equal(machine?.status_name, "Ready");
      await maas.command().destroy(machineKind, kept);
      assert.ok(await maas.command().refresh(machineKind, kept));
    });

    const ipmi = { power_address: "10.9.0.7", power_user: "maas", power_pass: "never-told" };
    const described = (more: PlainObject = {}): PlainObject => ({
      ...args,
      commission: false,
      enlist: { hostname: "new-1", macAddresses: ["52:54:00:aa:bb:01"], powerType: "ipmi" },
      powerParameters: ipmi,
      ...more,
    });

    it("shows that its power driver was changed by hand, and heals it", async () => {
      const kept = await maas.command().up(machineKind, described());
      const first = await maas.command().refresh(machineKind, kept);
      assert.ok(first);
      assert.equal((await maas.command().diff(machineKind, first, described())).changes, false);
      for (const [input, byHand] of [
        ["powerParameters", { power_parameters_power_pass: "other" }],
        ["enlist", { power_type: "redfish", power_parameters_power_address: "10.9.0.8" }],
      ] as const) {
        await maas.command().link.client.machines.update(kept.id, byHand);
        const seen = await maas.command().refresh(machineKind, kept);
        assert.ok(seen);
        assert.notDeepEqual(seen.state[input], kept.state[input]);
        assert.equal((await maas.command().diff(machineKind, seen, described())).changes, true);
        await maas.command().update(machineKind, seen, described());
        const after = await maas.command().refresh(machineKind, kept);
        assert.ok(after);
        assert.equal((await maas.command().diff(machineKind, after, described())).changes, false);
      }
    });

    it("gets another power driver as the program says, and nothing written when it has it", async () => {
      const kept = await maas.command().up(machineKind, described());
      const changed = described({ powerParameters: { ...ipmi, power_address: "10.9.0.9" } });
      assert.equal((await maas.command().diff(machineKind, kept, changed)).changes, true);
      const updated = await maas.command().update(machineKind, kept, changed);
      assert.equal(record("new-1").powerParameters["power_address"], "10.9.0.9");
      maas.simulator.requests.clear();
      await maas.command().update(machineKind, updated, changed);
      await maas.command().up(machineKind, changed);
      assert.equal(writes(), 0);
    });

    it("has the described power driver also when MAAS found the machine before", async () => {
      await maas.command().up(
        machineKind,
        described({
          enlist: { macAddresses: ["52:54:00:aa:bb:01"] },
          find: { macAddress: "52:54:00:aa:bb:01" },
          powerParameters: null,
        }),
      );
      const kept = await maas.command().up(machineKind, described({ find: { macAddress: "52:54:00:aa:bb:01" } }));
      const seen = await maas.command().refresh(machineKind, kept);
      assert.ok(seen);
      const again = described({ find: { macAddress: "52:54:00:aa:bb:01" } });
      assert.equal((await maas.command().diff(machineKind, seen, again)).changes, false);
    });

    it("never tells its power parameters, not in a refusal either", async () => {
      const command = maas.command();
      maas.simulator.faults.add({ kind: "status", status: 500, method: "POST", path: "/machines/", body: "bad value" });
      const failure = await command.up(machineKind, described()).then(
        () => assert.fail("it should have failed"),
        (thrown: unknown) => thrown as Error,
      );
      assert.doesNotMatch(`${failure.message}${command.told.join()}`, /never-told/);
    });

    it("is found again after a lost answer", async () => {
      maas.simulator.setTimeScale(100_000);
      maas.simulator.faults.add({ kind: "reset-after-work", method: "POST", path: "/machines/", count: 1 });
      const kept = await maas.command().up(machineKind, args);
      assert.equal(record("new-1").systemId, kept.id);
    });

    it("stays on record when commissioning fails or takes too long, and the next up goes on", async () => {
      maas.simulator.setTimeScale(100_000);
      maas.simulator.faults.add({
        kind: "outcome",
        action: "commission",
        machine: "new-1",
        message: "no disks found",
        count: 1,
      });
      const failure = await maas
        .command()
        .up(machineKind, args)
        .then(
          () => assert.fail("it should have failed"),
          (thrown: unknown) => thrown as Error & { id?: string; properties?: PlainObject },
        );
      assert.ok(failure.id);
      assert.match(failure.message, /new-1.*is Failed commissioning/);
      maas.simulator.setMachineStatus("new-1", "new");
      const kept = await maas.command().update(machineKind, { id: failure.id, state: failure.properties ?? {} }, args);
      const machine = await maas.command().link.client.machines.read(kept.id);
      assert.equal(machine?.status_name, "Ready");
    });
  });
});
