import assert from "node:assert/strict";
import fc from "fast-check";
import type { Plain, PlainObject } from "../../../providers/dynamic/plain";
import { mark, markAdopted, unmark, withMarkerOf } from "../../../providers/maas/marker";

describe("marker", () => {
  const plain = fc.string().filter((text) => unmark(text).marker === undefined && text.trimEnd() === text);

  it("of a created object comes off again, whatever the text", () => {
    fc.assert(
      fc.property(plain, (text) => {
        const marker = { datacenter: "dc1", origin: "created", previous: {} };
        assert.deepEqual(unmark(mark(text, "dc1")), { text, datacenter: "dc1", marker });
      }),
    );
  });

  it("of an adopted object comes off again with its previous values, whatever they are", () => {
    const values = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Plain>);
    fc.assert(
      fc.property(plain, values, (text, previous) => {
        const expected = JSON.parse(JSON.stringify(previous)) as PlainObject;
        const { text: read, marker } = unmark(markAdopted(text, "dc1", previous));
        assert.deepEqual(
          [read, marker?.datacenter, marker?.origin, JSON.stringify(marker?.previous)],
          [text, "dc1", "adopted", JSON.stringify(expected)],
        );
      }),
    );
  });

  it("is recognised although a previous text looks like a marker", () => {
    const previous = { description: "theirs [vmo-metal dc2 adopted {}] and [vmo-metal dc3]" };
    assert.deepEqual(unmark(markAdopted("ours", "dc1", previous)).marker?.previous, previous);
  });

  it("is not seen where there is none", () => {
    for (const text of ["Rack 7 [blue]", "", "[vmo-metal dc1 adopted {]", "[vmo-metal dc1 adopted {}] behind it"])
      assert.deepEqual(unmark(text), { text });
  });

  it("stays when the text changes", () => {
    assert.equal(withMarkerOf("old [vmo-metal dc2]", "new"), "new [vmo-metal dc2]");
    assert.equal(withMarkerOf('old [vmo-metal dc2 adopted {"a":1}]', "new"), 'new [vmo-metal dc2 adopted {"a":1}]');
    assert.equal(withMarkerOf("old", "new"), "new");
  });
});
