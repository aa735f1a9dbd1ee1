import assert from "node:assert/strict";
import fc from "fast-check";
import { mark, unmark, withMarkerOf } from "../../../providers/maas/marker";

describe("marker", () => {
  it("comes off again, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(unmark(text).datacenter === undefined);
        assert.deepEqual(unmark(mark(text, "dc1")), { text, datacenter: "dc1" });
      }),
    );
  });

  it("is not seen where there is none", () => {
    assert.deepEqual(unmark("Rack 7 [blue]"), { text: "Rack 7 [blue]" });
    assert.deepEqual(unmark(""), { text: "" });
  });

  it("stays whose it is when the text changes", () => {
    assert.equal(withMarkerOf("old [vmo-metal dc2]", "new"), "new [vmo-metal dc2]");
    assert.equal(withMarkerOf("old", "new"), "new");
  });
});
