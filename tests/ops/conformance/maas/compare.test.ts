import assert from "node:assert/strict";
import { Comparison } from "../../../../ops/conformance/maas/compare";
import { IdMap } from "../../../../ops/conformance/maas/id-map";

function link(id: number, mode: string): { id: number; mode: string } {
  return { id, mode };
}

describe("Comparing recorded with simulated answers", () => {
  let ids: IdMap;
  let comparison: Comparison;

  beforeEach(() => {
    ids = new IdMap();
    comparison = new Comparison(ids);
  });

  it("binds an id at its first sight and holds to it", () => {
    const body = (id: number): { id: number; resource_uri: string } => ({
      id,
      resource_uri: `/MAAS/api/2.0/vlans/${id}/`,
    });
    assert.deepEqual(comparison.compare(body(5), body(70)), []);
    assert.deepEqual(comparison.compare(body(5), body(70)), []);
    assert.equal(comparison.compare(body(5), body(71)).length, 2, "the id and the address made of it");
    assert.equal(comparison.compare(body(6), body(70)).length, 2, "one simulated object is one recorded one");
  });

  it("keeps numbers of different kinds apart", () => {
    assert.deepEqual(comparison.compare({ links: [link(5, "auto")] }, { links: [link(90, "auto")] }), []);
    assert.deepEqual(comparison.compare({ fabric_id: 5 }, { fabric_id: 31 }), []);
    assert.equal(ids.simulated("address", "5"), "90");
    assert.equal(ids.simulated("fabric", "5"), "31");
    assert.equal(ids.simulated("subnet", "5"), "5");
  });

  it("maps ids inside texts, and only ids", () => {
    ids.bind("address", "85", "1000003");
    assert.ok(comparison.sameText("'85' is not a valid id.", "'1000003' is not a valid id."));
    assert.ok(!comparison.sameText("'85' is not a valid id.", "'86' is not a valid id."));
    assert.ok(!comparison.sameText("at most 256", "at most 255"));
  });

  it("takes placeholders for what they stand for, each for one text", () => {
    assert.ok(comparison.sameText("<consumer_key>:<token_key>", "abc:def"));
    assert.ok(comparison.sameText("key <token_key>", "key def"));
    assert.ok(!comparison.sameText("key <token_key>", "key ghi"));
  });

  it("takes times of one form for equal, and nothing else under the same key", () => {
    assert.deepEqual(
      comparison.compare({ created: "2026-01-02T03:04:05.678Z" }, { created: "2026-11-12T13:14:15.6Z" }),
      [],
    );
    assert.equal(comparison.compare({ created: "2026-01-02T03:04:05.678Z" }, { created: null }).length, 1);
  });

  it("matches sets in any order and says so", () => {
    const list = (...names: string[]): { ip_addresses: { ip: string }[] } => ({
      ip_addresses: names.map((ip) => ({ ip })),
    });
    assert.deepEqual(comparison.compare(list("a", "b"), list("a", "b")), []);
    assert.equal(comparison.reordered, false);
    assert.deepEqual(comparison.compare(list("a", "b"), list("b", "a")), []);
    assert.equal(comparison.reordered, true);
    assert.equal(comparison.compare(list("a", "b"), list("b", "b")).length, 1);
    assert.notEqual(
      comparison.compare({ parents: ["a", "b"] }, { parents: ["b", "a"] }).length,
      0,
      "other lists have an order",
    );
  });

  it("forgets what it bound for a candidate that did not fit", () => {
    const uri = "/MAAS/api/2.0/vlans/0/";
    const vlan = (id: number, vid: number): { id: number; vid: number; resource_uri: string } => ({
      id,
      vid,
      resource_uri: uri,
    });
    const differences = comparison.compare(
      { vlans: [vlan(1, 10), vlan(2, 20)] },
      { vlans: [vlan(12, 20), vlan(11, 10)] },
    );
    assert.deepEqual(differences, []);
    assert.deepEqual([ids.simulated("vlan", "1"), ids.simulated("vlan", "2")], ["11", "12"]);
  });

  it("tells an absent key from null, and types apart", () => {
    const [missing] = comparison.compare({ a: null }, {});
    assert.deepEqual([missing?.at, missing?.recorded, missing?.simulated], ["a", "null", "absent"]);
    assert.equal(comparison.compare({ a: 1 }, { a: "1" }).length, 1);
    assert.equal(comparison.compare([1], [1, 2]).length, 1);
  });
});
