import assert from "node:assert/strict";
import fc from "fast-check";
import { AddressError } from "../../addressing/address-error";
import { numberToAddress } from "../../addressing/address";
import {
  addressRangeContains,
  addressRangeInside,
  addressRangeProblem,
  addressRangeSize,
  addressRangesOverlap,
  addressRangeTouches,
  formatAddressRange,
  networkRange,
  parseAddressRange,
} from "../../addressing/range";

const range = fc
  .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 5000 }))
  .map(([start, length]) => ({
    start: numberToAddress(start),
    end: numberToAddress(Math.min(start + length, 0xffffffff)),
  }));

describe("addressing/range", () => {
  it("reads what it writes", () => {
    fc.assert(fc.property(range, (value) => assert.deepEqual(parseAddressRange(formatAddressRange(value)), value)));
  });

  it("reads spaces around the dash and a network as all of its addresses", () => {
    assert.deepEqual(parseAddressRange("10.20.40.10 - 10.20.40.99"), { start: "10.20.40.10", end: "10.20.40.99" });
    assert.deepEqual(parseAddressRange("10.20.40.0/26"), { start: "10.20.40.0", end: "10.20.40.63" });
  });

  it("overlaps exactly when an end of one lies in the other", () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const shares = addressRangeContains(a, b.start) || addressRangeContains(b, a.start);
        assert.equal(addressRangesOverlap(a, b), shares);
        assert.equal(addressRangesOverlap(b, a), shares);
        assert.ok(addressRangesOverlap(a, a));
      }),
    );
  });

  it("counts both ends", () => {
    assert.equal(addressRangeSize({ start: "10.20.40.10", end: "10.20.40.99" }), 90);
    assert.equal(addressRangeSize(networkRange("100.64.0.0/18")), 16384);
  });

  it("knows whether it lies in a network or touches it", () => {
    const block = { start: "10.20.255.250", end: "10.21.0.5" };
    assert.ok(!addressRangeInside(block, "10.20.0.0/16"));
    assert.ok(addressRangeTouches(block, "10.20.0.0/16"));
    assert.ok(!addressRangeTouches(block, "10.22.0.0/16"));
    assert.ok(addressRangeInside({ start: "10.20.40.10", end: "10.20.40.99" }, "10.20.0.0/16"));
  });

  it("refuses what is no range, with the fix", () => {
    assert.match(addressRangeProblem("10.0.0.9-10.0.0.1") ?? "", /write 10.0.0.1-10.0.0.9/);
    for (const text of ["10.0.0.1", "10.0.0.1-", "10.0.0.1-5", "a-b", "10.0.0.1-10.0.0.2-10.0.0.3"])
      assert.throws(() => parseAddressRange(text), AddressError, text);
  });
});
