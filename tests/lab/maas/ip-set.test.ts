import assert from "node:assert/strict";
import fc from "fast-check";
import { parseNetwork, type Network } from "../../../lab/maas/site/address";
import { condense, gaps, size, type PurposeRange } from "../../../lab/maas/site/ip-set";

const network = parseNetwork("10.0.0.0/24") as Network;

const range = fc
  .tuple(fc.integer({ min: 1, max: 254 }), fc.integer({ min: 0, max: 40 }), fc.constantFrom("reserved", "dynamic"))
  .map(([start, length, purpose]): PurposeRange => {
    const first = network.first + BigInt(start);
    const last = first + BigInt(Math.min(length, 254 - start));
    return { first, last, purposes: [purpose] };
  });

function covered(ranges: readonly PurposeRange[]): Set<bigint> {
  const values = new Set<bigint>();
  for (const { first, last } of ranges) for (let value = first; value <= last; value += 1n) values.add(value);
  return values;
}

describe("Sets of addresses with purposes", () => {
  it("condense to the same addresses, apart and in order", () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        const condensed = condense(ranges);
        assert.deepEqual(covered(condensed), new Set([...covered(ranges)].sort((a, b) => Number(a - b))));
        for (const [index, one] of condensed.entries()) {
          const next = condensed[index + 1];
          if (next !== undefined) assert.ok(one.last < next.first);
        }
      }),
    );
  });

  it("leave gaps that fill the hosts of the network exactly", () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        const used = condense(ranges);
        const free = gaps(used, network);
        const total = [...used, ...free].reduce((sum, one) => sum + size(one), 0n);
        assert.equal(total, 254n);
        const both = covered(used);
        for (const value of covered(free)) assert.ok(!both.has(value));
      }),
    );
  });

  it("give every purpose to overlapping ranges and join neighbours of one purpose", () => {
    const at = (first: number, last: number, purpose: string): PurposeRange => ({
      first: BigInt(first),
      last: BigInt(last),
      purposes: [purpose],
    });
    assert.deepEqual(condense([at(1, 5, "b"), at(4, 8, "a")]), [{ first: 1n, last: 8n, purposes: ["a", "b"] }]);
    assert.deepEqual(condense([at(6, 8, "a"), at(1, 5, "a")]), [{ first: 1n, last: 8n, purposes: ["a"] }]);
  });

  it("count every address of a network without network and broadcast address", () => {
    assert.equal(size(gaps([], parseNetwork("10.0.0.0/31") as Network)[0] as PurposeRange), 2n);
    assert.equal(size(gaps([], parseNetwork("fd00::/126") as Network)[0] as PurposeRange), 3n);
  });
});
