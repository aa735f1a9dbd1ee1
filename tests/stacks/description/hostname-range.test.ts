import assert from "node:assert/strict";
import fc from "fast-check";
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

  it("refuses numbers that are too long to count, ends of different widths, and names that grow too long", () => {
    assert.match(hostnameRangeProblem(`x-[${"9".repeat(23)}-${"9".repeat(23)}]`) ?? "", /at most 15 digits/);
    assert.match(
      hostnameRangeProblem("x-[99999999999999999999999-100000000000000000000001]") ?? "",
      /at most 15 digits/,
    );
    assert.match(hostnameRangeProblem("x-[08-100]") ?? "", /different numbers of digits/);
    assert.match(hostnameRangeProblem(`${"x".repeat(60)}[98-1000]`) ?? "", /not a hostname|more than 500/);
    assert.notEqual(hostnameRangeProblem(`${"x".repeat(62)}[9-10]`), undefined);
    assert.match(hostnameRangeProblem("r[1-100]-n[1-100]") ?? "", /more than 500/);
    assert.match(hostnameRangeProblem("[1-1]".repeat(1000)) ?? "", /write at most 256/);
  });

  it("expands every text that it takes to as many hostnames as it counts, each of which it takes", () => {
    const part = fc.oneof(
      fc.stringMatching(/^[a-z0-9-]{0,20}$/),
      fc
        .tuple(fc.stringMatching(/^[0-9]{1,16}$/), fc.nat(40))
        .map(([from, more]) => `[${from}-${BigInt(from) + BigInt(more)}]`),
      fc.stringMatching(/^\[[0-9]{1,3}-[0-9]{1,3}\]$/),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const text = parts.join("");
        if (hostnameRangeProblem(text) !== undefined) return;
        const names = expandHostnames(text);
        assert.ok(names.length <= 500);
        for (const name of names) assert.match(name, /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      }),
      { numRuns: 500 },
    );
  });

  it("takes hostnames and ranges", () => {
    for (const text of ["cp-1", "CP-1", "worker-[1-6]", "r[1-4]-n[01-16]"])
      assert.equal(hostnameRangeProblem(text), undefined, text);
  });
});
