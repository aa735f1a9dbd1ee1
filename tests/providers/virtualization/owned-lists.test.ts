import assert from "node:assert/strict";
import fc from "fast-check";
import type { Plain } from "../../../providers/dynamic/plain";
import { holdsMore, listsOf } from "../../../providers/virtualization/owned-lists";

const anyPlain = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Plain>;

describe("lists of an object", () => {
  it("are the outermost ones, by their path, empty ones too", () => {
    assert.deepEqual(listsOf({ spec: { sets: [{ modes: ["a"] }], none: [], text: "x" }, rules: [1] }), {
      "spec.sets": [{ modes: ["a"] }],
      "spec.none": [],
      rules: [1],
    });
  });

  it("hold more when an item was appended at any depth, and not when one was changed or taken out", () => {
    assert.equal(holdsMore([{ modes: ["a"] }], [{ modes: ["a"] }, { modes: ["b"] }]), true);
    assert.equal(holdsMore([{ modes: ["a"] }], [{ modes: ["a", "b"] }]), true);
    assert.equal(holdsMore([], [1]), true);
    assert.equal(holdsMore([{ modes: ["a"] }], [{ modes: ["b"], default: true }]), false);
    assert.equal(holdsMore([1, 2], [1]), false);
  });

  it("never hold more than themselves, and always do with one more item", () => {
    fc.assert(
      fc.property(fc.array(anyPlain), anyPlain, (items, added) => {
        assert.equal(holdsMore(items, items), false);
        assert.equal(holdsMore(items, [...items, added]), true);
      }),
    );
  });
});
