import assert from "node:assert/strict";
import fc from "fast-check";
import { fieldDifferences } from "../../../ops/drift/field-differences";

describe("fieldDifferences", () => {
  const network = (mtu: number): Record<string, unknown> => ({
    machine: "abc123",
    interfaces: { "bond_data.20": { mtu: 1500, parents: ["bond_data"] }, bond_data: { mtu } },
  });

  it("names the one field that differs, with both values", () => {
    assert.deepEqual(fieldDifferences(network(9000), network(1500), network(1500)), [
      { path: "interfaces.bond_data.mtu", found: "9000", described: "1500", cause: "datacenter" },
    ]);
  });

  it("tells who changed since the last up", () => {
    const causes = [
      [9000, 1500, 1500],
      [1500, 9000, 1500],
      [1400, 9000, 1500],
    ].map(([found = 0, described = 0, applied = 0]) =>
      fieldDifferences(network(found), network(described), network(applied)).map(({ cause }) => cause),
    );
    assert.deepEqual(causes, [["datacenter"], ["description"], ["both"]]);
  });

  it("writes a key that is no word in quotes", () => {
    const [difference] = fieldDifferences({ data: { "unattend.xml": "a" } }, { data: { "unattend.xml": "b" } }, {});
    assert.equal(difference?.path, 'data["unattend.xml"]');
  });

  it("looks into lists of objects, and shows other lists whole", () => {
    const one = { layers: [{ pack: { tag: "1.0" } }], links: ["a"] };
    const other = { layers: [{ pack: { tag: "1.1" } }, { pack: { tag: "2" } }], links: ["a", "b"] };
    assert.deepEqual(
      fieldDifferences(one, other, other).map(({ path, found, described }) => [path, found, described]),
      [
        ["layers[0].pack.tag", "1.0", "1.1"],
        ["layers[1]", "none", '{"pack":{"tag":"2"}}'],
        ["links", '["a"]', '["a","b"]'],
      ],
    );
  });

  it("looks into the YAML of pack values", () => {
    const values = (size: number): Record<string, unknown> => ({
      layers: [{ values: `charts:\n  portworx:\n    maxStorageNodes: ${size}\n` }],
    });
    const [difference] = fieldDifferences(values(4), values(5), values(5));
    assert.equal(difference?.path, "layers[0].values: charts.portworx.maxStorageNodes");
    assert.deepEqual([difference?.found, difference?.described], ["4", "5"]);
  });

  it("passes over what only tells of a change", () => {
    const one = { __provider: "one", changes: "applied at once", mtu: 1 };
    assert.deepEqual(fieldDifferences(one, { ...one, __provider: "two", changes: "pending" }, one), []);
  });

  it("tells members one by one where nothing stands on the other side", () => {
    const found = { changedLayers: { "core/nginx": ["a is 1, in the profile 2"] } };
    const differences = fieldDifferences(found, { changedLayers: null }, { changedLayers: null });
    assert.deepEqual(
      differences.map(({ path, found: seen, described, cause }) => [path, seen, described, cause]),
      [['changedLayers["core/nginx"]', '["a is 1, in the profile 2"]', "none", "datacenter"]],
    );
  });

  it("finds nothing in equal inputs, and something in different ones", () => {
    const inputs = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.jsonValue());
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        assert.deepEqual(fieldDifferences(one, structuredClone(one), other), []);
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        if (!same) assert.notDeepEqual(fieldDifferences(one, other, one), []);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
