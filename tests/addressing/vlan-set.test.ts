import assert from "node:assert/strict";
import fc from "fast-check";
import { AddressError } from "../../addressing/address-error";
import {
  formatVlanSet,
  intersectVlanSets,
  isVlanSet,
  parseVlanSet,
  subtractVlanSets,
  unionVlanSets,
  vlanIds,
  vlanSetContains,
  vlanSetOf,
  vlanSetProblem,
  vlanSetSize,
} from "../../addressing/vlan-set";

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 4094 }), { maxLength: 60 });
const crowded = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 });
const anyIds = fc.oneof(ids, crowded);
const rising = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe("addressing/vlan-set", () => {
  it("writes the grammar of the reference architecture", () => {
    assert.equal(formatVlanSet(parseVlanSet("200, 21-100")), "21-100,200");
    assert.equal(formatVlanSet(parseVlanSet("21-50,40-99,100")), "21-100");
    assert.equal(formatVlanSet(parseVlanSet("20,21")), "20-21");
    assert.equal(formatVlanSet(parseVlanSet("")), "");
  });

  it("is the set of its ids", () => {
    fc.assert(
      fc.property(anyIds, (values) => {
        const set = vlanSetOf(values);
        assert.deepEqual(vlanIds(set), rising(values));
        assert.equal(vlanSetSize(set), values.length);
        assert.deepEqual(parseVlanSet(formatVlanSet(set)), set);
      }),
    );
  });

  it("has runs that neither touch nor overlap", () => {
    fc.assert(
      fc.property(anyIds, anyIds, (a, b) => {
        const set = unionVlanSets(vlanSetOf(a), vlanSetOf(b));
        set.forEach((range, index) => {
          const next = set[index + 1];
          assert.ok(range.first <= range.last && (next === undefined || range.last + 1 < next.first));
        });
      }),
    );
  });

  it("joins, subtracts and intersects like sets", () => {
    fc.assert(
      fc.property(anyIds, anyIds, (a, b) => {
        const [setA, setB] = [vlanSetOf(a), vlanSetOf(b)];
        assert.deepEqual(vlanIds(unionVlanSets(setA, setB)), rising(new Set([...a, ...b])));
        assert.deepEqual(vlanIds(subtractVlanSets(setA, setB)), rising(a.filter((id) => !b.includes(id))));
        assert.deepEqual(vlanIds(intersectVlanSets(setA, setB)), rising(a.filter((id) => b.includes(id))));
        for (const id of a) assert.ok(vlanSetContains(setA, id));
      }),
    );
  });

  it("refuses ids that are no VLAN and broken ranges, with the item", () => {
    assert.match(vlanSetProblem("21-100,4095") ?? "", /"4095".*1 to 4094/);
    assert.match(vlanSetProblem("0") ?? "", /1 to 4094/);
    assert.match(vlanSetProblem("100-21") ?? "", /write 21-100/);
    for (const text of ["21..100", "a", "21-", "021", "1,,2", "1-2-3", "99999"])
      assert.equal(isVlanSet(text), false, text);
    assert.throws(() => parseVlanSet("21;22"), AddressError);
    assert.throws(() => vlanSetOf([0]), AddressError);
  });
});
