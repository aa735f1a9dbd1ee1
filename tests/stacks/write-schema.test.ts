import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { datacenterJsonSchema } from "../../stacks/description/json-schema";
import { settingRows } from "../../stacks/description/settings-table";
import { generatedFiles } from "../../stacks/write-schema";

const project = join(__dirname, "..", "..");

describe("stacks/write-schema", () => {
  it("has been run since the schema last changed (npm run schema)", () => {
    for (const { path, content } of generatedFiles(project)) assert.equal(readFileSync(path, "utf8"), content, path);
  });

  it("describes every setting", () => {
    const silent = settingRows(datacenterJsonSchema()).filter(({ meaning }) => meaning === "");
    assert.deepEqual(silent, []);
  });

  it("says what has to be given", () => {
    const required = settingRows(datacenterJsonSchema())
      .filter((row) => row.required && !/[.[]/.test(row.path))
      .map(({ path }) => path);
    assert.deepEqual(required, ["name"]);
    assert.deepEqual(
      datacenterJsonSchema().anyOf?.map((layers) => layers.required),
      [["maas", "domain", "hosts"], ["existingCluster"]],
    );
  });
});
