import assert from "node:assert/strict";
import { canApply, changesText } from "../../../../providers/maas/machine-state/changes";
import {
  MachineStatus,
  type Possibility,
  inUse,
  possibility,
  wayOut,
} from "../../../../providers/maas/machine-state/status";

/** Every status of MAAS: what can be done with the network, and with the storage layout. */
const table: Record<keyof typeof MachineStatus, [network: Possibility, storage: Possibility]> = {
  New: ["edit", "stuck"],
  Commissioning: ["wait", "wait"],
  FailedCommissioning: ["stuck", "stuck"],
  Missing: ["stuck", "stuck"],
  Ready: ["edit", "edit"],
  Reserved: ["pending", "pending"],
  Deployed: ["pending", "pending"],
  Retired: ["stuck", "stuck"],
  Broken: ["edit", "pending"],
  Deploying: ["pending", "pending"],
  Allocated: ["edit", "pending"],
  FailedDeployment: ["pending", "pending"],
  Releasing: ["wait", "wait"],
  ReleasingFailed: ["stuck", "stuck"],
  DiskErasing: ["wait", "wait"],
  FailedDiskErasing: ["stuck", "stuck"],
  RescueMode: ["pending", "pending"],
  EnteringRescueMode: ["pending", "pending"],
  FailedToEnterRescueMode: ["pending", "pending"],
  ExitingRescueMode: ["pending", "pending"],
  FailedToExitRescueMode: ["pending", "pending"],
  Testing: ["wait", "wait"],
  FailedTesting: ["stuck", "stuck"],
};

describe("possibility", () => {
  for (const [name, [network, storage]] of Object.entries(table) as [
    keyof typeof MachineStatus,
    [Possibility, Possibility],
  ][]) {
    it(`of ${name}: network ${network}, storage ${storage}`, () => {
      const machine = { status: MachineStatus[name], locked: false };
      assert.equal(possibility(machine, "network"), network);
      assert.equal(possibility(machine, "storage"), storage);
    });
  }

  it("leaves locked machines and unknown statuses alone", () => {
    assert.equal(possibility({ status: MachineStatus.Ready, locked: true }, "network"), "pending");
    assert.equal(possibility({ status: 99, locked: false }, "storage"), "pending");
  });

  it("has a way out of every status that is stuck", () => {
    const general = wayOut(-1);
    for (const status of Object.values(MachineStatus))
      if (possibility({ status, locked: false }, "storage") === "stuck") assert.notEqual(wayOut(status), general);
  });
});

describe("inUse", () => {
  it("holds for what somebody runs or is about to run something on", () => {
    assert.equal(inUse({ status: MachineStatus.Deployed, locked: false }), true);
    assert.equal(inUse({ status: MachineStatus.Allocated, locked: false }), true);
    assert.equal(inUse({ status: MachineStatus.Ready, locked: true }), true);
    assert.equal(inUse({ status: MachineStatus.Ready, locked: false }), false);
    assert.equal(inUse({ status: MachineStatus.Releasing, locked: false }), false);
  });
});

describe("changesText", () => {
  const machine = (status: number, statusName: string, locked = false) => ({
    hostname: "worker-1",
    status,
    statusName,
    locked,
  });
  it("tells the reader of a preview when a change is made", () => {
    assert.equal(changesText(machine(4, "Ready"), "network"), "applied at once");
    assert.equal(changesText(machine(6, "Deployed"), "network"), "pending until repave: worker-1 is Deployed");
    assert.equal(
      changesText(machine(12, "Releasing"), "network"),
      "applied at once when MAAS is done: worker-1 is Releasing",
    );
    assert.equal(changesText(machine(16, "Rescue mode"), "network"), "pending: worker-1 is Rescue mode");
    assert.equal(
      changesText(machine(2, "Failed commissioning"), "storage"),
      "not possible: worker-1 is Failed commissioning",
    );
    assert.equal(changesText(machine(6, "Deployed", true), "network"), "pending until repave: worker-1 is locked");
    assert.equal(changesText(undefined, "network"), "not known: MAAS could not be asked");
  });

  it("lets a recorded change be applied only when the machine is back", () => {
    assert.equal(canApply(changesText(machine(4, "Ready"), "storage")), true);
    assert.equal(canApply(changesText(machine(6, "Deployed"), "storage")), false);
    assert.equal(canApply(changesText(undefined, "storage")), false);
    assert.equal(canApply(null), false);
  });
});
