import assert from "node:assert/strict";
import fc from "fast-check";
import {
  virtualMachineCapacity,
  virtualMachineOverheadMebibytes,
} from "../../../stacks/sizing/virtual-machine-capacity";

const large = { cpuCores: 88, memoryMebibytes: 1024 * 1024 };
const small = { cpuCores: 2, memoryMebibytes: 4096, share: 1 };

describe("stacks/sizing/virtual-machine-capacity", () => {
  it("stops at 235 machines per node where hardware allows more", () => {
    const capacity = virtualMachineCapacity({
      workers: [large],
      mix: [{ ...small, memoryMebibytes: 512 }],
      maxPods: 1000,
    });
    assert.deepEqual(capacity, { virtualMachines: 235, bound: "virtual machines per node", perWorker: [235] });
  });

  it("is bound by pods when many small machines run: 58 pods of the cluster come off once", () => {
    const capacity = virtualMachineCapacity({
      workers: [large, large],
      mix: [{ ...small, memoryMebibytes: 512 }],
      maxPods: 200,
    });
    assert.deepEqual(capacity, { virtualMachines: 2 * 190 - 58, bound: "pods", perWorker: [190, 190] });
  });

  it("counts ten virtual CPUs to a core", () => {
    const capacity = virtualMachineCapacity({
      workers: Array.from({ length: 5 }, () => ({ cpuCores: 8, memoryMebibytes: 2 ** 22 })),
      mix: [{ cpuCores: 4, memoryMebibytes: 1024, share: 1 }],
      maxPods: 250,
    });
    assert.deepEqual(capacity.perWorker, [20, 20, 20, 20, 20]);
    assert.equal(capacity.bound, "cpu");
  });

  it("weighs a mix and adds the overhead of each machine's pod", () => {
    const worker = { cpuCores: 1000, memoryMebibytes: 100 * (4096 + virtualMachineOverheadMebibytes(small)) };
    assert.equal(virtualMachineCapacity({ workers: [worker], mix: [small], maxPods: 250 }).virtualMachines, 100);
    const mixed = virtualMachineCapacity({
      workers: [worker],
      mix: [small, { cpuCores: 2, memoryMebibytes: 3 * 4096, share: 1 }],
      maxPods: 250,
    });
    assert.ok(mixed.virtualMachines >= 50 && mixed.virtualMachines < 55);
    assert.equal(mixed.bound, "memory");
  });

  it("counts the pods of hot-added disks by their share of the mix", () => {
    const tiny = { cpuCores: 1, memoryMebibytes: 1, share: 1 };
    const mix = [tiny, { ...tiny, extraPods: 1 }];
    const capacity = virtualMachineCapacity({ workers: [large, large], mix, maxPods: 160 });
    assert.deepEqual(capacity, { virtualMachines: Math.floor((300 - 58) / 1.5), bound: "pods", perWorker: [100, 100] });
  });

  it("has no room on a worker whose reservations take everything", () => {
    const capacity = virtualMachineCapacity({
      workers: [{ cpuCores: 0, memoryMebibytes: 4096 }],
      mix: [small],
      maxPods: 250,
    });
    assert.deepEqual([capacity.virtualMachines, capacity.bound], [0, "cpu"]);
    assert.equal(virtualMachineCapacity({ workers: [], mix: [small], maxPods: 250 }).virtualMachines, 0);
  });

  it("never fits fewer machines on more hardware", () => {
    const hardware = fc.record({ cpuCores: fc.nat(128), memoryMebibytes: fc.nat(2 ** 20) });
    fc.assert(
      fc.property(hardware, fc.array(hardware, { maxLength: 6 }), (extra, workers) => {
        const args = { mix: [small], maxPods: 250 };
        const before = virtualMachineCapacity({ ...args, workers }).virtualMachines;
        assert.ok(virtualMachineCapacity({ ...args, workers: [...workers, extra] }).virtualMachines >= before);
      }),
    );
  });
});
