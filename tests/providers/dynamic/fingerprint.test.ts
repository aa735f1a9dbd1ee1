import assert from "node:assert/strict";
import fc from "fast-check";
import { fingerprint, matchesFingerprint } from "../../../providers/dynamic/fingerprint";

describe("fingerprint", () => {
  it("matches its own secret only, and never holds it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string({ minLength: 8 }), (secret, other) => {
        const print = fingerprint(secret);
        assert.equal(matchesFingerprint(secret, print), true);
        assert.equal(matchesFingerprint(other, print), other === secret);
        assert.equal(print.includes(secret), false);
      }),
    );
  });

  it("differs between two prints of one secret, so that equal secrets cannot be told from a state file", () => {
    assert.notEqual(fingerprint("correct horse"), fingerprint("correct horse"));
  });

  it("matches nothing against a text that is no fingerprint", () => {
    assert.equal(matchesFingerprint("x", ""), false);
    assert.equal(matchesFingerprint("x", "salt$short"), false);
  });
});
