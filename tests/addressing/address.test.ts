import assert from "node:assert/strict";
import fc from "fast-check";
import { AddressError } from "../../addressing/address-error";
import {
  addressProblem,
  addressToNumber,
  compareAddresses,
  isAddress,
  numberToAddress,
} from "../../addressing/address";

describe("addressing/address", () => {
  it("turns every number into an address and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        assert.equal(addressToNumber(numberToAddress(value)), value);
      }),
    );
  });

  it("orders addresses by number, not by text", () => {
    assert.deepEqual(["10.0.0.10", "10.0.0.9", "9.0.0.1"].sort(compareAddresses), ["9.0.0.1", "10.0.0.9", "10.0.0.10"]);
  });

  it("refuses octets that look octal and says how to write them", () => {
    assert.match(addressProblem("010.0.0.1") ?? "", /"010".*octal.*write 10/);
    assert.throws(() => addressToNumber("10.0.0.08"), AddressError);
  });

  it("refuses what other parsers take for an address", () => {
    for (const text of ["10.1", "1", "0x0a.0.0.1", "10.0.0.256", "10.0.0.1 ", "::1", "", "10.0.0.1/24"])
      assert.equal(isAddress(text), false, text);
  });

  it("refuses numbers that are no address", () => {
    for (const value of [-1, 2 ** 32, 1.5, NaN]) assert.throws(() => numberToAddress(value), AddressError);
  });
});
