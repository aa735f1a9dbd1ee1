import assert from "node:assert/strict";
import fc from "fast-check";
import { AddressError } from "../../addressing/address-error";
import { canonicalMacAddress, isMacAddress } from "../../addressing/mac-address";

describe("addressing/mac-address", () => {
  it("gives one spelling to all of them", () => {
    const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(octets, (bytes) => {
        const pairs = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
        const digits = pairs.join("");
        const wanted = pairs.join(":");
        const dotted = `${digits.slice(0, 4)}.${digits.slice(4, 8)}.${digits.slice(8)}`;
        for (const text of [wanted, wanted.toUpperCase(), pairs.join("-"), digits, dotted])
          assert.equal(canonicalMacAddress(text), wanted);
      }),
    );
  });

  it("refuses everything else", () => {
    for (const text of ["", "52:54:00:0b:6d", "52:54:00-0b:6d:8c", "52:54:00:0b:6d:8g", "52:54:00:0b:6d:8c:00"])
      assert.equal(isMacAddress(text), false, text);
    assert.throws(() => canonicalMacAddress("enp1s0"), AddressError);
  });
});
