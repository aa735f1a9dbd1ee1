import assert from "node:assert/strict";
import { fabricNameProblem, placeNameProblem, subnetNameProblem, tagNameProblem } from "../../model/maas-names";

describe("model/maas-names", () => {
  it("take letters of any script and spaces for pools and zones, and no dot, slash or exclamation mark", () => {
    for (const text of ["Row 1", "Zone-Süd", "东区", "az1", "100", "no", "a".repeat(256)])
      assert.equal(placeNameProblem(text), undefined, text);
    for (const text of ["", " a", "a ", "a/b", "a!", "az_1.x", "a\nb", "a\u0000", "-a", "a".repeat(257)])
      assert.notEqual(placeNameProblem(text), undefined, JSON.stringify(text));
  });

  it("take ASCII only for tags and fabrics, up to 256 characters", () => {
    for (const problemOf of [tagNameProblem, fabricNameProblem]) {
      for (const text of ["vmo-worker", "Rack_7", "100", "a".repeat(256)])
        assert.equal(problemOf(text), undefined, text);
      for (const text of ["", "Süd", "a b", "a/b", "..", "a\n", "a".repeat(300)])
        assert.notEqual(problemOf(text), undefined, text);
    }
    for (const text of ["t.a-g_1", "a."]) assert.match(tagNameProblem(text) ?? "", /no dot/, text);
    assert.match(fabricNameProblem("f".repeat(300)) ?? "", /has 300 characters, but MAAS takes at most 256/);
    assert.equal(fabricNameProblem("fabric-1"), undefined);
  });

  it("take any text on one line for subnets", () => {
    for (const text of ["10.20.0.0/16 (data)", "Netz für alle!"])
      assert.equal(subnetNameProblem(text), undefined, text);
    for (const text of ["", " a", "a\nb", "a".repeat(257)]) assert.notEqual(subnetNameProblem(text), undefined, text);
  });
});
