import assert from "node:assert/strict";
import fc from "fast-check";
import {
  canApply,
  changesOf,
  changesSchema,
  formatChanges,
  presentChanges,
  readChanges,
} from "../../../../providers/maas/machine-state/changes";
import { MachineStatus } from "../../../../providers/maas/machine-state/status";

const machine = (status: number, statusName: string, locked = false) => ({
  hostname: "worker-1",
  status,
  statusName,
  locked,
});

describe("changesOf", () => {
  it("is data that says when a change is applied, and why", () => {
    assert.deepEqual(changesOf(machine(4, "Ready"), "network"), { when: "now", reason: "" });
    const deployed = { when: "onRepave", reason: "worker-1 is Deployed" };
    assert.deepEqual(changesOf(machine(6, "Deployed"), "network"), deployed);
    assert.deepEqual(changesOf(machine(12, "Releasing"), "network"), {
      when: "afterMaas",
      reason: "worker-1 is Releasing",
    });
    assert.equal(changesOf(machine(16, "Rescue mode"), "network").when, "onRepave");
    assert.equal(changesOf(machine(2, "Failed commissioning"), "storage").when, "never");
    assert.deepEqual(changesOf(machine(4, "Ready", true), "network"), {
      when: "onRepave",
      reason: "worker-1 is locked",
    });
    assert.equal(changesOf(undefined, "network").when, "unknown");
  });

  it("reads as words for display only", () => {
    assert.equal(formatChanges(changesOf(machine(4, "Ready"), "network")), "applied at once");
    assert.equal(
      formatChanges(changesOf(machine(6, "Deployed"), "network")),
      "pending until repave: worker-1 is Deployed",
    );
    assert.equal(
      formatChanges(changesOf(machine(12, "Releasing"), "network")),
      "applied at once when MAAS is done: worker-1 is Releasing",
    );
    assert.equal(formatChanges(changesOf(undefined, "network")), "not known: MAAS could not be asked");
  });

  it("allows a recorded change only when the machine can be changed, or will be without an operator", () => {
    assert.equal(canApply(changesOf(machine(4, "Ready"), "storage")), true);
    assert.equal(canApply(changesOf(machine(12, "Releasing"), "storage")), true);
    assert.equal(canApply(changesOf(machine(6, "Deployed"), "storage")), false);
    assert.equal(canApply(changesOf(undefined, "storage")), false);
    assert.equal(canApply(null), false);
  });

  it("passes its own schema, and is read back from its display text, for every status", () => {
    const known = fc.record({
      hostname: fc.constantFrom("worker-1", "cp-1"),
      status: fc.constantFrom(...Object.values(MachineStatus)),
      statusName: fc.constantFrom("Ready", "Deployed", "Failed testing"),
      locked: fc.boolean(),
    });
    fc.assert(
      fc.property(known, fc.constantFrom("network" as const, "storage" as const), (seen, part) => {
        const changes = changesOf(seen, part);
        assert.deepEqual(changesSchema.parse(changes), changes);
        assert.deepEqual(readChanges(formatChanges(changes)), changes);
        assert.deepEqual(readChanges(changes), changes);
      }),
    );
  });
});

describe("readChanges", () => {
  it("reads the texts of earlier versions", () => {
    assert.deepEqual(readChanges("pending: worker-1 is Rescue mode"), {
      when: "onRepave",
      reason: "worker-1 is Rescue mode",
    });
    assert.deepEqual(readChanges("applied at once"), { when: "now", reason: "" });
  });

  it("is undefined for what is no record of changes", () => {
    for (const recorded of [undefined, null, 3, {}, { when: "tomorrow", reason: "" }])
      assert.equal(readChanges(recorded), undefined);
  });
});

describe("presentChanges", () => {
  it("replaces the text of an earlier version by data, and stays null where a program passes none", () => {
    const read = { hostname: "worker-1", status: 6, status_name: "Deployed", locked: false };
    assert.deepEqual(presentChanges("applied at once", read, "network"), {
      when: "onRepave",
      reason: "worker-1 is Deployed",
    });
    assert.equal(presentChanges(null, read, "network"), null);
    assert.equal(presentChanges(undefined, read, "network"), null);
  });
});
