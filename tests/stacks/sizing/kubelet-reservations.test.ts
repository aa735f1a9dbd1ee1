import assert from "node:assert/strict";
import { cpuSetProblem, parseCpuSet } from "../../../stacks/sizing/cpu-set";
import { allocatableHardware, kubeletReservations } from "../../../stacks/sizing/kubelet-reservations";

const reserved = {
  reservedCores: "0-7",
  systemReservedMebibytes: 8192,
  kubeReservedMebibytes: 4096,
  evictionHardMebibytes: 100,
};

describe("stacks/sizing/kubelet-reservations", () => {
  it("adds up to the last mebibyte and puts all on NUMA node 0", () => {
    const reservations = kubeletReservations(reserved);
    assert.equal(reservations.memoryMebibytes, 12_388);
    assert.deepEqual(reservations.numaMemory, [{ numaNode: 0, mebibytes: 12_388 }]);
    assert.equal(reservations.numaDifferenceMebibytes, 0);
    assert.deepEqual(reservations.reservedCores, [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("says by how much a split over NUMA nodes is off", () => {
    const even = kubeletReservations({ ...reserved, numaMemoryMebibytes: [6194, 6194] });
    assert.equal(even.numaDifferenceMebibytes, 0);
    const short = kubeletReservations({ ...reserved, numaMemoryMebibytes: [6000, 0, 6194] });
    assert.equal(short.numaDifferenceMebibytes, -194);
    assert.deepEqual(short.numaMemory, [
      { numaNode: 0, mebibytes: 6000 },
      { numaNode: 2, mebibytes: 6194 },
    ]);
  });

  it("leaves nothing of 8 cores when 0-7 are reserved", () => {
    const reservations = kubeletReservations(reserved);
    assert.deepEqual(allocatableHardware({ cpuCores: 8, memoryMebibytes: 24_576 }, reservations), {
      cpuCores: 0,
      memoryMebibytes: 12_188,
    });
    assert.equal(allocatableHardware({ cpuCores: 48, memoryMebibytes: 262_144 }, reservations).cpuCores, 40);
  });

  it("reads CPU sets", () => {
    assert.deepEqual(parseCpuSet("0-3,16-19,2"), [0, 1, 2, 3, 16, 17, 18, 19]);
    for (const text of ["", "7-0", "a", "0-", "-1", "00"]) assert.notEqual(cpuSetProblem(text), undefined, text);
    for (const text of ["0", "0-7", "0, 2"]) assert.equal(cpuSetProblem(text), undefined, text);
  });
});
