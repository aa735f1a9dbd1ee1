import assert from "node:assert/strict";
import fc from "fast-check";
import {
  areRecorded,
  formatPending,
  type PendingChange,
  readPending,
  stillPending,
} from "../../../../providers/maas/machine-state/pending-change";

const mtu: PendingChange = { part: "network", subject: "bond_mgmt", field: "mtu", actual: "1500", desired: "9000" };
const bridge: PendingChange = { part: "network", subject: "br0", field: "interface", actual: null, desired: "bridge" };
const size: PendingChange = {
  part: "storage",
  subject: "storage layout",
  field: "rootSize",
  actual: null,
  desired: "100G",
};

const change: fc.Arbitrary<PendingChange> = fc.record({
  part: fc.constantFrom("network", "storage", "site"),
  subject: fc.constantFrom("bond_mgmt", "br0", "storage layout", "10.20.0.0/16"),
  field: fc.constantFrom("mtu", "interface", "links", "gateway"),
  actual: fc.option(fc.constantFrom("1500", "bond", "none")),
  desired: fc.option(fc.constantFrom("9000", "bridge", "10.20.30.1")),
});

describe("pending changes", () => {
  it("read as one line each", () => {
    assert.deepEqual([mtu, bridge, size].map(formatPending), [
      "bond_mgmt: mtu is 1500, wanted 9000",
      "br0: missing",
      "rootSize: none => 100G",
    ]);
  });

  it("are read from a state of this version and of an earlier one, whatever else is in it", () => {
    assert.deepEqual(readPending([mtu, "br0: missing", 3, null, { subject: "x" }]), [mtu, "br0: missing"]);
    for (const recorded of [undefined, null, "text", {}, 0]) assert.deepEqual(readPending(recorded), []);
  });

  it("survive a round trip through state", () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        assert.deepEqual(readPending(JSON.parse(JSON.stringify(changes))), JSON.parse(JSON.stringify(changes)));
        assert.ok(areRecorded(changes, changes));
        assert.ok(areRecorded(changes, changes.map(formatPending)));
      }),
    );
  });

  it("keep the form in which they were recorded, so that an earlier state shows no change", () => {
    const recorded = [formatPending(mtu), bridge];
    assert.deepEqual(stillPending([mtu, bridge, size], recorded), recorded);
    assert.deepEqual(stillPending([bridge], recorded), [bridge]);
    assert.equal(areRecorded([mtu, size], recorded), false);
  });
});
