import assert from "node:assert/strict";
import { clusterCapacity } from "../../../stacks/derived/cluster-capacity";
import { datacenterWith } from "../descriptions";

describe("what a cluster carries", () => {
  it("is counted with the sample size when nothing is planned", () => {
    const capacity = clusterCapacity(datacenterWith());
    assert.equal(capacity?.mix, "1 of 2 CPUs and 4 GiB");
    assert.equal(capacity?.workers, 5);
    assert.equal(capacity?.pods, 5 * 240 - 58);
    assert.ok((capacity?.virtualMachines ?? 0) <= (capacity?.pods ?? 0));
  });

  it("is less for larger machines", () => {
    const plan = [{ count: 3, cpuCores: 8, memoryGibibytes: 64 }];
    const larger = clusterCapacity(datacenterWith({ virtualization: { plannedVirtualMachines: plan } }));
    assert.ok((larger?.virtualMachines ?? 0) <= (clusterCapacity(datacenterWith())?.virtualMachines ?? 0));
    assert.equal(larger?.bound, "memory");
  });

  it("is nothing where there is only metal", () => {
    assert.equal(clusterCapacity({ cluster: null, virtualization: null }), null);
  });
});
