import assert from "node:assert/strict";
import fc from "fast-check";
import { containsUnknown, samePlain, toState, unknownValue } from "../../../providers/dynamic/plain";

const json = fc.jsonValue({ maxDepth: 4 });

describe("toState", () => {
  it("drops undefined members at every depth and keeps null", () => {
    assert.deepEqual(toState({ a: undefined, b: null, c: { d: undefined, e: [{ f: undefined }] } }), {
      b: null,
      c: { e: [{}] },
    });
  });

  it("leaves every JSON object as it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        assert.equal(JSON.stringify(toState({ value })), JSON.stringify({ value }));
      }),
    );
  });

  it("names the path of what JSON cannot carry", () => {
    assert.throws(() => toState({ a: [{ b: () => 1 }] }), /a\[0\]\.b: a function cannot be kept in state/);
    assert.throws(() => toState({ a: { b: Number.NaN } }), /a\.b: NaN cannot be kept in state/);
  });
});

describe("samePlain", () => {
  it("holds of every value and its copy, whatever the order of members", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        assert.equal(samePlain(value, structuredClone(reversed)), true);
      }),
    );
  });

  it("tells lists of another order, null and missing members apart", () => {
    assert.equal(samePlain([1, 2], [2, 1]), false);
    assert.equal(samePlain({ a: null }, {}), false);
    assert.equal(samePlain({ a: undefined }, {}), true);
    assert.equal(samePlain([], {}), false);
  });
});

describe("containsUnknown", () => {
  it("finds the engine's marker at every depth", () => {
    assert.equal(containsUnknown({ a: [{ b: unknownValue }] }), true);
    assert.equal(containsUnknown({ a: [{ b: "known" }] }), false);
  });
});
