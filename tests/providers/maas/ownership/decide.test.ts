import assert from "node:assert/strict";
import fc from "fast-check";
import type { Marker } from "../../../../providers/maas/marker";
import {
  type Owned,
  type Ownership,
  type OwnershipRequest,
  decideOwnership,
} from "../../../../providers/maas/ownership/decide";
import { planRestore } from "../../../../providers/maas/ownership/restore";
import type { Values } from "../../../../providers/maas/ownership/values";

/** A request about a subnet with a gateway that nobody described. */
function request(overrides: Partial<OwnershipRequest> = {}): OwnershipRequest {
  return {
    kind: "subnet",
    object: "subnet 10.21.0.0/21",
    datacenter: "dc1",
    actual: { cidr: "10.21.0.0/21", fabric: "fabric-0", vid: 107, gateway: "10.21.0.1", managed: true },
    described: { cidr: "10.21.0.0/21", fabric: "fabric-0", vid: 107 },
    defaults: { gateway: null, managed: true },
    names: { fabric: "vlan", vid: "vlan" },
    adopt: false,
    approved: [],
    usage: { machines: [], foreign: [] },
    ...overrides,
  };
}

/** A request with some fields described in addition. */
function describing(fields: Values, overrides: Partial<OwnershipRequest> = {}): OwnershipRequest {
  const plain = request();
  return request({ described: { ...plain.described, ...fields }, ...overrides });
}

describe("the decision who owns an object", () => {
  it("adopts an object that is as described without a write and without a permission", () => {
    const { origin, write, changes, refusal } = decideOwnership(request());
    assert.deepEqual(
      { origin, write, changes, refusal },
      { origin: "adopted", write: {}, changes: [], refusal: undefined },
    );
  });

  it("refuses changes of an adopted object without a permission, with each old and new value", () => {
    const { refusal } = decideOwnership(describing({ gateway: "10.21.0.2", managed: false }));
    assert.match(refusal ?? "", /gateway 10\.21\.0\.1 -> 10\.21\.0\.2, managed true -> false.*maas\.adopt: true/s);
  });

  it("writes only what differs of an adopted object, and records what it was", () => {
    const { write, previous, applied } = decideOwnership(describing({ gateway: "10.21.0.2" }, { adopt: true }));
    assert.deepEqual(write, { gateway: "10.21.0.2" });
    assert.equal(previous["gateway"], "10.21.0.1");
    assert.equal(applied["gateway"], "10.21.0.2");
    assert.ok(!("managed" in previous));
  });

  it("enforces the defaults of what it created", () => {
    const marker: Marker = { datacenter: "dc1", origin: "created", previous: {} };
    const { origin, write, refusal } = decideOwnership(request({ marker }));
    assert.deepEqual({ origin, write, refusal }, { origin: "created", write: { gateway: null }, refusal: undefined });
  });

  it("references an object that bears the marker of another datacenter, whatever adopt says", () => {
    const marker: Marker = { datacenter: "dc2", origin: "created", previous: {} };
    const equal = decideOwnership(request({ marker, adopt: true }));
    assert.deepEqual([equal.origin, equal.owner, equal.write, equal.refusal], ["referenced", "dc2", {}, undefined]);
    const { refusal = "" } = decideOwnership(describing({ gateway: "10.21.0.9" }, { marker, adopt: true }));
    for (const part of ['"dc1"', '"dc2"', "gateway is 10.21.0.1", "described is 10.21.0.9"])
      assert.ok(refusal.includes(part));
  });

  it("references an object without a marker that another datacenter's objects stand on", () => {
    const { origin, owner } = decideOwnership(request({ owner: "dc2" }));
    assert.deepEqual([origin, owner], ["referenced", "dc2"]);
  });

  it("references an object that is described as managed elsewhere", () => {
    assert.equal(decideOwnership(request({ unmanaged: true })).origin, "referenced");
    const { refusal } = decideOwnership(describing({ managed: false }, { unmanaged: true, adopt: true }));
    assert.match(refusal ?? "", /managed: false.*managed is true, described is false/s);
  });

  for (const [title, fields, field] of [
    ["moving a subnet to another VLAN", { vid: 170 }, "vlan"],
    ["moving a subnet to another fabric", { fabric: "other" }, "vlan"],
    ["removing a gateway", { gateway: null }, "gateway"],
    ["switching managed off", { managed: false }, "managed"],
  ] as const)
    it(`asks for an approval of ${title}, and prints the entry`, () => {
      const { refusal = "" } = decideOwnership(describing(fields, { adopt: true }));
      assert.ok(refusal.includes(`{ object: "subnet 10.21.0.0/21", field: ${field} }`), refusal);
      const approved = decideOwnership(describing(fields, { adopt: true, approved: [field] }));
      assert.equal(approved.refusal, undefined);
      assert.equal(approved.dangers.length, 1);
    });

  it("names the machines that use a network whose DNS changes", () => {
    const usage = { machines: ["worker-1"], foreign: [] };
    const actual = { ...request().actual, dnsServers: ["10.0.0.1"] };
    const wanted = describing({ dnsServers: ["10.0.0.2"] }, { actual, adopt: true, usage });
    assert.match(decideOwnership(wanted).refusal ?? "", /OWN004.*worker-1/s);
    assert.equal(decideOwnership({ ...wanted, usage: { machines: [], foreign: [] } }).refusal, undefined);
    const marker: Marker = { datacenter: "dc1", origin: "created", previous: {} };
    assert.equal(decideOwnership({ ...wanted, marker }).refusal, undefined, "its own machines on its own network");
    const foreign = { machines: ["worker-1"], foreign: ["worker-1"] };
    assert.match(decideOwnership({ ...wanted, marker, usage: foreign }).refusal ?? "", /OWN004/);
  });

  it("needs no approval for a change of what it set itself", () => {
    const recorded: Owned = { origin: "adopted", previous: { gateway: null }, applied: { gateway: "10.21.0.1" } };
    assert.equal(decideOwnership(describing({ gateway: null }, { recorded })).refusal, undefined);
  });

  it("restores a field that is no longer described, unless somebody else changed it", () => {
    const recorded: Owned = {
      origin: "adopted",
      previous: { gateway: "10.21.0.254" },
      applied: { gateway: "10.21.0.1" },
    };
    const ours = decideOwnership(request({ recorded, stopped: ["gateway"] }));
    assert.deepEqual([ours.write, ours.left], [{ gateway: "10.21.0.254" }, []]);
    assert.ok(!("gateway" in ours.previous));
    const actual = { ...request().actual, gateway: "10.21.0.7" };
    const theirs = decideOwnership(request({ recorded, stopped: ["gateway"], actual }));
    assert.deepEqual([theirs.write, theirs.left], [{}, ["gateway"]]);
  });
});

describe("the laws of ownership", () => {
  const keys = ["name", "gateway", "managed", "mtu"] as const;
  const value = fc.constantFrom(null, "a", "b", 1, true);
  const whole = fc.record(Object.fromEntries(keys.map((key) => [key, value])), {
    noNullPrototype: true,
  }) as fc.Arbitrary<Values>;
  const part = whole.chain((values) =>
    fc.subarray([...keys]).map((chosen) => Object.fromEntries(chosen.map((key) => [key, values[key] ?? null]))),
  ) as fc.Arbitrary<Values>;
  const about = (overrides: Partial<OwnershipRequest>): OwnershipRequest =>
    // A kind without dangerous changes.
    request({ kind: "zone", object: "zone az1", names: {}, defaults: {}, adopt: true, ...overrides });
  const after = (actual: Values, { write }: Pick<Ownership, "write">): Values => ({ ...actual, ...write });

  it("adopt and destroy leave an object as it was", () => {
    fc.assert(
      fc.property(whole, part, part, (seed, first, second) => {
        const adopted = decideOwnership(about({ actual: seed, described: first }));
        const actual = after(seed, adopted);
        const stopped = Object.keys(first).filter((key) => !(key in second));
        const changed = decideOwnership(about({ actual, described: second, recorded: adopted, stopped }));
        const last = after(actual, changed);
        assert.deepEqual(after(last, planRestore(last, changed)), seed);
      }),
    );
  });

  it("a change by somebody else outlives a destroy", () => {
    fc.assert(
      fc.property(whole, part, part, (seed, described, theirs) => {
        const adopted = decideOwnership(about({ actual: seed, described }));
        const set = after(seed, adopted);
        const actual = { ...set, ...theirs };
        const restored = after(actual, planRestore(actual, adopted));
        for (const key of Object.keys(theirs))
          if (theirs[key] !== set[key]) assert.equal(restored[key], theirs[key], key);
      }),
    );
  });

  it("a field that is not described is never written on an adopted object", () => {
    fc.assert(
      fc.property(whole, part, (actual, described) => {
        const { write } = decideOwnership(about({ actual, described, defaults: actual }));
        assert.ok(Object.keys(write).every((key) => key in described));
      }),
    );
  });

  it("a run that was killed after its write loses no previous value", () => {
    fc.assert(
      fc.property(whole, part, (seed, described) => {
        const killed = decideOwnership(about({ actual: seed, described }));
        const changed = Object.keys(killed.write);
        const previous = Object.fromEntries(changed.map((key) => [key, seed[key] ?? null]));
        const marker: Marker = { datacenter: "dc1", origin: "adopted", previous };
        const actual = after(seed, killed);
        const next = decideOwnership(about({ actual, described, ...(changed.length === 0 ? {} : { marker }) }));
        assert.deepEqual(next.write, {});
        assert.deepEqual(after(actual, planRestore(actual, next)), seed);
      }),
    );
  });

  it("a referenced object is never written", () => {
    fc.assert(
      fc.property(whole, part, (actual, described) => {
        const { write, refusal, changes } = decideOwnership(about({ actual, described, owner: "dc2" }));
        assert.deepEqual(write, {});
        assert.equal(refusal === undefined, changes.length === 0);
      }),
    );
  });
});
