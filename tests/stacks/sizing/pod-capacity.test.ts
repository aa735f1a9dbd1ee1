import assert from "node:assert/strict";
import fc from "fast-check";
import { maximumPodsOfSlice, nodeSlices, podCapacity } from "../../../stacks/sizing/pod-capacity";

describe("stacks/sizing/pod-capacity", () => {
  it("comes to the reference architecture's numbers for 63 active nodes", () => {
    assert.deepEqual(podCapacity({ activeNodes: 63, maxPods: 250 }), {
      total: 15_750,
      overhead: 688,
      available: 15_062,
      recommendedVirtualMachines: 12_500,
    });
  });

  it("has 64 slices in a /18 and 128 in a /17", () => {
    assert.equal(nodeSlices("100.64.0.0/18"), 64);
    assert.equal(nodeSlices("100.64.0.0/17"), 128);
    assert.equal(nodeSlices("100.64.0.0/25"), 0);
  });

  it("takes the pods of added software off", () => {
    const plain = podCapacity({ activeNodes: 8, maxPods: 250 });
    const withBackup = podCapacity({ activeNodes: 8, maxPods: 250, extraPodsPerNode: 1, extraPodsPerCluster: 5 });
    assert.equal(plain.available - withBackup.available, 8 + 5);
  });

  it("never goes below nothing and never recommends more than there is room for", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(300), (activeNodes, maxPods) => {
        const capacity = podCapacity({ activeNodes, maxPods });
        assert.ok(capacity.available >= 0);
        assert.ok(capacity.recommendedVirtualMachines <= capacity.available);
      }),
    );
  });

  it("leaves room for the recommended 250 pods in a slice", () => {
    assert.ok(maximumPodsOfSlice() >= 250 && maximumPodsOfSlice() < 254);
  });
});
