import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dangersTable, fieldsTable, safetyPage } from "../../../ops/reference/ownership-tables";
import { dangerRules } from "../../../providers/maas/ownership/dangers";

const project = join(__dirname, "..", "..", "..");

describe("the tables of docs/safety.md", () => {
  it("were written since the kinds last changed (npm run schema)", () => {
    assert.equal(readFileSync(join(project, "docs", "safety.md"), "utf8"), safetyPage(project));
  });

  it("have a row for every rule about a dangerous change", () => {
    const codes = [...dangersTable().matchAll(/^\| (\w{3}\d{3}) \|/gm)].map(([, code]) => code);
    assert.deepEqual(
      codes,
      dangerRules.map(({ code }) => code),
    );
  });

  it("have a row for every field of a subnet", () => {
    for (const field of ["cidr", "name", "gateway", "dnsServers", "managed", "rdnsMode"])
      assert.match(fieldsTable(), new RegExp(`^\\| subnet \\| \`${field}\` \\|`, "m"));
  });
});
