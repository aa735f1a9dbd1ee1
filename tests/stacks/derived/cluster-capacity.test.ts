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

  it("is less with hot-added disks, which take a pod each, and with software such as backup", () => {
    const small = { count: 10, cpuCores: 1, memoryGibibytes: 0.25 };
    const capacity = (virtualization: object) =>
      clusterCapacity(
        datacenterWith({
          cluster: { workers: [{ size: 5, minimum: { cpuCores: 64, memoryGigabytes: 1024 } }] },
          virtualization: { plannedVirtualMachines: [small], ...virtualization },
        }),
      );
    const plain = capacity({});
    const hotAdded = capacity({ plannedVirtualMachines: [{ ...small, hotAddedDisks: true }] });
    assert.equal(hotAdded?.mix, "10 of 1 CPUs and 0.25 GiB with hot-added disks");
    assert.ok((hotAdded?.virtualMachines ?? 0) < (plain?.virtualMachines ?? 0));
    assert.equal(hotAdded?.virtualMachines, Math.floor((5 * 240 - 58) / 2));
    const backup = capacity({ extraPods: { perNode: 1, perCluster: 5 } });
    assert.equal(backup?.pods, 5 * 239 - 63);
  });

  it("is nothing where there is only metal", () => {
    assert.equal(clusterCapacity({ cluster: null, virtualization: null }), null);
  });
});
