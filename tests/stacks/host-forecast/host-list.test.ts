import assert from "node:assert/strict";
import fc from "fast-check";
import { expandHostnames } from "../../../stacks/description/hostname-range";
import { formatHosts } from "../../../stacks/host-forecast/host-list";

describe("formatHosts", () => {
  it("writes runs as the ranges of a description, in natural order", () => {
    const workers = Array.from({ length: 11 }, (_, index) => `worker-${index + 1}`);
    assert.equal(formatHosts([...workers, "cp-2", "cp-1"].reverse()), "cp-1, cp-2, worker-[1-11]");
    assert.equal(formatHosts(["worker-1", "worker-3", "worker-4", "worker-5"]), "worker-1, worker-[3-5]");
  });

  it("keeps leading zeros, and joins no names of different width", () => {
    assert.equal(formatHosts(["node-08", "node-09", "node-10"]), "node-[08-10]");
    assert.equal(formatHosts(["n-8", "n-09", "n-10", "n-11"]), "n-8, n-[09-11]");
  });

  it("finds the last number of a name, and leaves names without one as they are", () => {
    assert.equal(formatHosts(["r1-n1-gpu", "r1-n2-gpu", "r1-n3-gpu", "edge"]), "edge, r1-n[1-3]-gpu");
    assert.equal(formatHosts([]), "");
    assert.equal(formatHosts(["a-1", "a-1"]), "a-1");
  });

  it("stands for exactly the names that it was given, whatever they are", () => {
    const name = fc
      .tuple(fc.constantFrom("worker-", "r1-n", "x", ""), fc.nat(120), fc.nat(3), fc.constantFrom("", "-gpu", "a"))
      .map(([before, number, width, after]) => `${before}${String(number).padStart(width, "0")}${after}`);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), (names) => {
        const list = formatHosts(names);
        const expanded = list === "" ? [] : list.split(", ").flatMap(expandHostnames);
        assert.deepEqual(expanded.sort(), [...new Set(names)].sort());
        assert.ok(list.length <= [...new Set(names)].join(", ").length);
      }),
    );
  });
});
