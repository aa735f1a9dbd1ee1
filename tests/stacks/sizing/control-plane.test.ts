import assert from "node:assert/strict";
import fc from "fast-check";
import { CONTROL_PLANE_SIZES, controlPlaneSize } from "../../../stacks/sizing/control-plane";

describe("stacks/sizing/control-plane", () => {
  it("finds the row of the reference architecture", () => {
    const hardware = (workers: number, namespaces: number): unknown => {
      const row = controlPlaneSize(workers, namespaces);
      return row && [row.cpuCores, row.memoryMebibytes / 1024];
    };
    assert.deepEqual(hardware(5, 100), [4, 8]);
    assert.deepEqual(hardware(10, 101), [4, 16]);
    assert.deepEqual(hardware(11, 1), [4, 16]);
    assert.deepEqual(hardware(26, 1), [8, 32]);
    assert.deepEqual(hardware(5, 2000), [16, 64]);
    assert.deepEqual(hardware(500, 4000), [32, 128]);
    assert.equal(hardware(501, 1), undefined);
    assert.equal(hardware(1, 4001), undefined);
  });

  it("never needs less for more", () => {
    const within = fc.tuple(fc.nat(499), fc.nat(3999));
    fc.assert(
      fc.property(within, ([workers, namespaces]) => {
        const small = controlPlaneSize(workers, namespaces);
        const large = controlPlaneSize(workers + 1, namespaces + 1);
        assert.ok(small !== undefined && large !== undefined && small.memoryMebibytes <= large.memoryMebibytes);
      }),
    );
    assert.equal(CONTROL_PLANE_SIZES.length, 5);
  });
});
