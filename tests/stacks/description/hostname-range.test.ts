import assert from "node:assert/strict";
import { expandHostnames, hostnameRangeProblem } from "../../../stacks/description/hostname-range";

describe("stacks/description/hostname-range", () => {
  it("expands ranges, keeps leading zeros and combines several", () => {
    assert.deepEqual(expandHostnames("worker-[1-3]"), ["worker-1", "worker-2", "worker-3"]);
    assert.deepEqual(expandHostnames("Node-[08-10]"), ["node-08", "node-09", "node-10"]);
    assert.deepEqual(expandHostnames("r[1-2]-n[1-2]"), ["r1-n1", "r1-n2", "r2-n1", "r2-n2"]);
    assert.deepEqual(expandHostnames("cp-1"), ["cp-1"]);
  });

  it("refuses what is no hostname, with the fix", () => {
    assert.match(hostnameRangeProblem("cp-1.example.com") ?? "", /write the hostname alone/);
    assert.match(hostnameRangeProblem("worker-[6-1]") ?? "", /starts after its end/);
    assert.match(hostnameRangeProblem("worker-[1..6]") ?? "", /worker-\[1-6\]/);
    assert.match(hostnameRangeProblem("worker-[1-9999]") ?? "", /more than 500/);
    for (const text of ["", "-a", "a_b", "a b", "x".repeat(64), "-[1-2]"])
      assert.notEqual(hostnameRangeProblem(text), undefined, text);
  });

  it("takes hostnames and ranges", () => {
    for (const text of ["cp-1", "CP-1", "worker-[1-6]", "r[1-4]-n[01-16]"])
      assert.equal(hostnameRangeProblem(text), undefined, text);
  });
});
