import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClusterAnswer } from "../../../../providers/palette/client/clusters";
import {
  type ClusterProgress,
  describeProgress,
  type Open,
  openLayers,
  openParts,
} from "../../../../providers/palette/cluster/progress";

const settled: ClusterProgress = {
  state: "Running",
  health: "Healthy",
  conditions: [{ type: "WorkerNodeAdditionDone", status: "True" }],
  repave: "",
  notApplicable: false,
  layers: [],
  pools: [{ name: "workers", wanted: 3, states: { Running: 3 }, old: 0 }],
};

/** A cluster with one attached profile that has one layer, and what Palette reports of its layers. */
function withLayer(packs: unknown[], layer: object = {}): ClusterAnswer {
  return {
    metadata: { uid: "c", name: "vmo" },
    spec: {
      clusterProfileTemplates: [
        {
          uid: "new",
          name: "core",
          packs: [{ name: "metallb", layer: "addon", version: "0.14.9", tag: "0.14.9", ...layer }],
        },
      ],
    },
    status: { packs },
  } as ClusterAnswer;
}

const ready = { type: "Ready", status: "True" };

describe("what a cluster still has to reach", () => {
  it("is nothing when it runs, is healthy, has its nodes and its layers", () => {
    assert.deepEqual(openParts(settled, true), []);
  });

  for (const [open, changes] of [
    ["state", { state: "Provisioning" }],
    ["health", { health: "Unhealthy" }],
    ["repave", { repave: "Pending" }],
    ["layers", { layers: [{ name: "a", version: "1", is: "installing" }] }],
    ["pools", { pools: [{ name: "workers", wanted: 3, states: { Running: 2 }, old: 0 }] }],
    ["pools", { pools: [{ name: "workers", wanted: 3, states: { Running: 4 }, old: 0 }] }],
    ["pools", { pools: [{ name: "workers", wanted: 3, states: { Running: 3, Deleting: 1 }, old: 0 }] }],
    ["nodes", { conditions: [{ type: "WorkerNodeDeletionDone", status: "False" }] }],
  ] as [Open, Partial<ClusterProgress>][])
    it(`is "${open}" with ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(openParts({ ...settled, ...changes }, false), [open]);
    });

  it("is never canBeApplied alone on a cluster that nobody changed, and a change that was sent otherwise", () => {
    assert.deepEqual(openParts({ ...settled, notApplicable: true }, false), []);
    assert.deepEqual(openParts({ ...settled, notApplicable: true }, true), ["change"]);
  });

  const anyCondition = fc.record({
    type: fc.oneof(
      fc.string(),
      fc.constantFrom("ImagePullSecretPropagationDone", "CloudInfrastructureReady", "ImageResolutionDone"),
    ),
    status: fc.constantFrom("True", "False", "Unknown"),
    reason: fc.option(fc.string()),
  });
  const known = ["Running", "Pending", "Allocated", "Provisioning", "Provisioned", "Deleting"];
  const unknownStates = fc.dictionary(
    fc.string({ minLength: 1 }).filter((state) => !known.includes(state)),
    fc.integer({ min: 1, max: 5 }),
  );

  it("does not depend on unknown conditions or unknown states of machines, and reports them", () => {
    fc.assert(
      fc.property(fc.array(anyCondition), unknownStates, fc.boolean(), (conditions, states, notApplicable) => {
        const pools = settled.pools.map((pool) => ({ ...pool, states: { ...pool.states, ...states } }));
        const progress = { ...settled, conditions, pools, notApplicable };
        assert.deepEqual(openParts(progress, false), []);
        const line = describeProgress(progress);
        for (const { type, status } of conditions) if (status !== "True") assert.ok(line.includes(`${type} ${status}`));
        for (const [state, count] of Object.entries(states))
          assert.ok(line.includes(`${count} ${state.toLowerCase()}`));
      }),
    );
  });

  it("holds on to every known reason whatever else is reported", () => {
    fc.assert(
      fc.property(
        fc.array(anyCondition),
        unknownStates,
        fc.integer({ min: 0, max: 2 }),
        (conditions, states, count) => {
          const pools = settled.pools.map((pool) => ({ ...pool, states: { ...states, Running: count } }));
          assert.deepEqual(openParts({ ...settled, conditions, pools }, true), ["pools"]);
        },
      ),
    );
  });
});

describe("layers of a cluster", () => {
  it("are open while they are not ready, or in another version", () => {
    const row = { name: "metallb", profileUid: "new", version: "0.14.9", condition: ready };
    assert.deepEqual(openLayers(withLayer([row])), []);
    const open = [{ name: "metallb", version: "0.14.9", is: "installing" }];
    assert.deepEqual(openLayers(withLayer([{ ...row, condition: { type: "Ready", status: "False" } }])), open);
    assert.deepEqual(openLayers(withLayer([{ ...row, version: "0.13.12" }])), open);
  });

  it("are open while only the former profile's layer is reported, though that one is ready", () => {
    const row = { name: "metallb", profileUid: "old", version: "0.13.12", condition: ready };
    assert.deepEqual(openLayers(withLayer([row])), [{ name: "metallb", version: "0.14.9", is: "installing" }]);
    assert.deepEqual(openLayers(withLayer([{ ...row, version: "0.14.9" }])), [
      { name: "metallb", version: "0.14.9", is: "former" },
    ]);
  });

  it("are judged by version or tag in either spelling, and not at all while they are not reported", () => {
    const row = { name: "metallb", profileUid: "new", condition: ready };
    for (const version of ["22.04", "LTS__22.04", null, undefined])
      assert.deepEqual(openLayers(withLayer([{ ...row, version }], { version: "22.04", tag: "LTS__22.04" })), []);
    assert.deepEqual(openLayers(withLayer([])), []);
    assert.deepEqual(openLayers(withLayer([{ name: "metallb", version: "1", condition: ready }])), []);
  });

  it("carry what Palette reports of a failed installation", () => {
    const failing = { type: "Ready", status: "False", reason: "InstallFailed", message: "timed out" };
    const row = { name: "metallb", profileUid: "new", version: "0.14.9" };
    assert.equal(openLayers(withLayer([{ ...row, condition: failing }]))[0]?.failure, "timed out");
    const installing = { type: "Ready", status: "False", reason: "Installing" };
    assert.equal(openLayers(withLayer([{ ...row, condition: installing }]))[0]?.failure, undefined);
  });
});
