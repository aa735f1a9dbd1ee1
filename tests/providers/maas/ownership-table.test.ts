import assert from "node:assert/strict";
import { dangerTable, ownershipRows, ownershipTable } from "../../../providers/maas/ownership-table";
import { dangerRules } from "../../../providers/maas/ownership/dangers";
import { permissions } from "./contract/kind-case";
import { schemasOfMaasKinds } from "./schemas";

/** Kinds whose objects are hosts, and inputs that are no values of an object. */
const hosts = ["maas:HostNetwork", "maas:Machine", "maas:PoolMembership", "maas:StorageLayout"];
const noValues = [...permissions, "holding", "defaultName"];

describe("the table of ownership", () => {
  const rows = ownershipRows();

  it("has a row for each value of each kind of site object", () => {
    const inputs = Object.entries(schemasOfMaasKinds).flatMap(([kind, schema]) =>
      hosts.includes(kind) ? [] : Object.keys(schema).filter((input) => !noValues.includes(input)),
    );
    assert.equal(rows.length, inputs.length);
  });

  it("names the dangerous fields by rules that exist, and each rule has fields of its object", () => {
    const codes = new Set(rows.flatMap(({ dangers }) => dangers));
    assert.deepEqual([...codes].sort(), dangerRules.map(({ code }) => code).sort());
    for (const { object, fields, code } of dangerRules)
      for (const field of fields)
        assert.ok(
          rows.some((row) => row.object === object && row.field === field),
          `${code} ${field}`,
        );
  });

  it("says of a subnet's gateway what is written and restored", () => {
    assert.deepEqual(
      rows.find(({ object, field }) => object === "subnet" && field === "gateway"),
      {
        object: "subnet",
        field: "gateway",
        created: "enforced; default none",
        adopted: "written if described; restored if still ours",
        referenced: "compared if described",
        previous: "state and marker",
        dangers: ["OWN002", "OWN004"],
      },
    );
  });

  it("prints in Markdown", () => {
    for (const table of [ownershipTable(), dangerTable()])
      for (const line of table.split("\n")) assert.match(line, /^\|.*\|$/);
  });
});
