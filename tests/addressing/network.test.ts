import assert from "node:assert/strict";
import fc from "fast-check";
import { AddressError } from "../../addressing/address-error";
import { addressToNumber, numberToAddress } from "../../addressing/address";
import {
  canonicalCidr,
  hostCount,
  isHostAddress,
  isNetwork,
  networkBounds,
  networkContains,
  networkEncloses,
  networkProblem,
  networksOverlap,
  nthAddress,
  parseNetwork,
  resizeNetwork,
  subnetCount,
} from "../../addressing/network";

const address = fc.integer({ min: 0, max: 0xffffffff }).map(numberToAddress);
const cidr = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([text, prefix]) => `${text}/${prefix}`);

describe("addressing/network", () => {
  it("clears host bits", () => {
    assert.equal(canonicalCidr("10.20.30.0/16"), "10.20.0.0/16");
    assert.deepEqual(parseNetwork("100.64.1.2/18"), {
      address: "100.64.0.0",
      prefix: 18,
      cidr: "100.64.0.0/18",
      size: 16384,
    });
  });

  it("has one canonical text per network", () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const canonical = canonicalCidr(text);
        assert.equal(canonicalCidr(canonical), canonical);
        assert.ok(networkContains(canonical, text.split("/")[0] ?? ""));
      }),
    );
  });

  it("contains exactly the addresses between its bounds", () => {
    fc.assert(
      fc.property(cidr, address, (text, other) => {
        const { first, last } = networkBounds(text);
        const value = addressToNumber(other);
        assert.equal(networkContains(text, other), value >= addressToNumber(first) && value <= addressToNumber(last));
        assert.ok(networkContains(text, first) && networkContains(text, last));
      }),
    );
  });

  it("overlaps when one network encloses the other, and in either order", () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        assert.equal(networksOverlap(a, b), networksOverlap(b, a));
        const [boundsA, boundsB] = [networkBounds(a), networkBounds(b)];
        const shares =
          addressToNumber(boundsA.first) <= addressToNumber(boundsB.last) &&
          addressToNumber(boundsB.first) <= addressToNumber(boundsA.last);
        assert.equal(networksOverlap(a, b), shares);
        if (networkEncloses(a, b)) assert.ok(networkContains(a, boundsB.first) && networkContains(a, boundsB.last));
      }),
    );
    assert.ok(networksOverlap("0.0.0.0/0", "192.168.0.0/22"));
    assert.ok(!networksOverlap("100.64.0.0/18", "100.64.64.0/18"));
  });

  it("counts hosts and knows which addresses a host may have", () => {
    assert.equal(hostCount("192.168.0.0/22"), 1022);
    assert.deepEqual([hostCount("10.0.0.0/31"), hostCount("10.0.0.0/32")], [2, 1]);
    assert.ok(isHostAddress("10.20.0.0/16", "10.20.30.1"));
    assert.ok(!isHostAddress("10.20.0.0/16", "10.20.0.0"));
    assert.ok(!isHostAddress("10.20.0.0/16", "10.20.255.255"));
    assert.ok(isHostAddress("10.0.0.0/31", "10.0.0.0"));
    assert.ok(!isHostAddress("10.20.0.0/16", "10.21.0.1"));
  });

  it("numbers addresses from both ends", () => {
    assert.equal(nthAddress("10.20.30.0/16", 1), "10.20.0.1");
    assert.equal(nthAddress("10.20.30.0/16", -2), "10.20.255.254");
    assert.throws(() => nthAddress("10.0.0.0/30", 4), AddressError);
    assert.throws(() => nthAddress("10.0.0.0/30", -5), AddressError);
  });

  it("counts the networks inside a network", () => {
    assert.equal(subnetCount("100.64.0.0/18", 24), 64);
    assert.equal(subnetCount("100.64.0.0/17", 24), 128);
    assert.equal(subnetCount("100.64.0.0/26", 24), 0);
  });

  it("changes the size around the same start", () => {
    assert.equal(resizeNetwork("100.64.0.0/18", 17), "100.64.0.0/17");
    assert.equal(resizeNetwork("100.64.64.0/18", 17), "100.64.0.0/17");
  });

  it("refuses what is no network, with the reason", () => {
    for (const text of [
      "10.0.0.0",
      "10/8",
      "10.0.0.0/33",
      "10.0.0.0/08",
      "10.0.0.0/",
      "10.0.0.0/255.0.0.0",
      "fd00::/8",
      "",
    ])
      assert.equal(isNetwork(text), false, text);
    assert.match(networkProblem("10.0.0.010/24") ?? "", /octal/);
    assert.match(networkProblem("10.0.0.0/33") ?? "", /prefix "33"/);
    assert.throws(() => parseNetwork("10.0.0.0"), /"10.0.0.0" is not a network: write address\/prefix/);
  });
});
