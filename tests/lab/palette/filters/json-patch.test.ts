import assert from "node:assert/strict";
import { applyPatch } from "../../../../lab/palette/filters/json-patch";

describe("applyPatch", () => {
  it("adds, replaces, removes, moves and copies, in order, and leaves the original alone", () => {
    const document = { a: { b: 1 }, list: [1, 2] };
    const result = applyPatch(document, [
      { op: "add", path: "/list/-", value: 3 },
      { op: "replace", path: "/a/b", value: 2 },
      { op: "copy", path: "/copy", from: "/a" },
      { op: "move", path: "/moved", from: "/list/0" },
      { op: "remove", path: "/a" },
      { op: "add", path: "/with~1slash", value: true },
    ]);
    assert.deepEqual(result, { list: [2, 3], copy: { b: 2 }, moved: 1, "with/slash": true });
    assert.deepEqual(document, { a: { b: 1 }, list: [1, 2] });
    assert.throws(() => applyPatch({}, [{ op: "add", path: "/no/where", value: 1 }]), /does not exist/);
  });
});
