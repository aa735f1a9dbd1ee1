import assert from "node:assert/strict";
import fc from "fast-check";
import { MEBIBYTE, mebibyteQuantity, quantityBytes } from "../../../lab/kubernetes/quantity";

describe("quantities", () => {
  it("reads binary, decimal and plain ones", () => {
    assert.equal(quantityBytes("50Gi"), 50 * 1024 ** 3);
    assert.equal(quantityBytes("1500M"), 1_500_000_000);
    assert.equal(quantityBytes("1048576"), 1_048_576);
    assert.equal(quantityBytes("1.5Ki"), 1536);
  });

  it("knows other text as none", () => {
    for (const text of ["", "Gi", "5 Gi", "-1Gi", "5gi", "1e3"]) assert.equal(quantityBytes(text), undefined);
  });

  it("writes what it reads, in the largest binary unit that fits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (mebibytes) => {
        const text = mebibyteQuantity(mebibytes * MEBIBYTE);
        assert.equal(quantityBytes(text), mebibytes * MEBIBYTE);
        const amount = Number.parseInt(text, 10);
        assert.ok(amount % 1024 !== 0 || text.endsWith("Ei"), text);
      }),
    );
  });

  it("rounds up to whole MiB", () => {
    assert.equal(mebibyteQuantity(1), "1Mi");
    assert.equal(mebibyteQuantity(1024 ** 3 + 1), "1025Mi");
  });
});
