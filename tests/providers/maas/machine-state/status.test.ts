import assert from "node:assert/strict";
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
