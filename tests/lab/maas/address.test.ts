import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cidrContains,
  compareAddresses,
  formatAddress,
  formatNetwork,
  normaliseAddress,
  parseAddress,
  parseNetwork,
} from "../../../lab/maas/site/address";

const ipv4 = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((value) => ({ version: 4 as const, value }));
const ipv6 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((value) => ({ version: 6 as const, value }));

describe("Addresses and networks of the simulated region", () => {
  it("writes and reads every address back", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (address) => {
        assert.deepEqual(parseAddress(formatAddress(address)), address);
      }),
    );
  });

  it("writes IPv6 in its canonical form", () => {
    const pairs: [string, string][] = [
      ["FD00:0020:0:0:0:0:0:0005", "fd00:20::5"],
      ["::", "::"],
      ["0:0:1:0:0:0:0:1", "0:0:1::1"],
      ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
      ["::ffff:10.0.0.1", "::ffff:a00:1"],
    ];
    for (const [text, canonical] of pairs) assert.equal(normaliseAddress(text), canonical);
  });

  it("refuses what is no address", () => {
    for (const text of ["", "abc", "10.0.0", "10.0.0.256", "10.0.0.01", "fe80::1%eth0", "1::2::3"]) {
      assert.equal(parseAddress(text), undefined, text);
    }
  });

  it("holds every address of a network between its ends, and its canonical text means the same", () => {
    fc.assert(
      fc.property(ipv4, fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const network = parseNetwork(`${formatAddress(address)}/${prefix}`);
        assert.ok(network !== undefined);
        assert.equal(network.last - network.first + 1n, 2n ** BigInt(32 - prefix));
        assert.ok(network.first <= address.value && address.value <= network.last);
        assert.ok(cidrContains(formatNetwork(network), formatAddress(address)));
        assert.deepEqual(parseNetwork(formatNetwork(network)), network);
      }),
    );
  });

  it("reads netmasks and single addresses, and refuses other suffixes", () => {
    assert.equal(parseNetwork("10.1.2.3/255.255.0.0")?.prefix, 16);
    assert.equal(parseNetwork("10.1.2.3")?.prefix, 32);
    assert.equal(parseNetwork("fd00::")?.prefix, 128);
    for (const text of ["10.0.0.0/33", "10.0.0.0/255.0.255.0", "10.0.0.0/8/8", "fd00::/129", "banana/8"]) {
      assert.equal(parseNetwork(text), undefined, text);
    }
  });

  it("orders by number, not by text", () => {
    assert.deepEqual(["10.0.0.10", "fd00::1", "10.0.0.9"].sort(compareAddresses), ["10.0.0.9", "10.0.0.10", "fd00::1"]);
  });
});
