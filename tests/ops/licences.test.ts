import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPermissive, licencesOf } from "../../ops/licences";

describe("licences of packages", () => {
  it("are all among those that a project under Apache-2.0 may use", () => {
    const found = licencesOf(readFileSync(join(__dirname, "../../package-lock.json"), "utf8"));
    assert.ok(found.length > 100);
    assert.deepEqual(
      found.filter(({ licence }) => !isPermissive(licence)),
      [],
    );
  });

  it("are read from a lock file by name and version, nested packages too", () => {
    const lock = {
      packages: {
        "": { version: "1.0.0" },
        "node_modules/b": { version: "2.0.0", license: "MIT", dev: true },
        "node_modules/b/node_modules/@s/a": { version: "1.0.0" },
      },
    };
    assert.deepEqual(licencesOf(JSON.stringify(lock)), [
      { name: "@s/a", version: "1.0.0", licence: "", dev: false },
      { name: "b", version: "2.0.0", licence: "MIT", dev: true },
    ]);
  });

  it("may be one of a choice, and must be all of a sum", () => {
    for (const good of ["MIT", "(MIT OR GPL-3.0)", "MIT AND ISC"]) assert.ok(isPermissive(good), good);
    for (const bad of ["", "AGPL-3.0", "MIT AND GPL-2.0", "UNLICENSED"]) assert.ok(!isPermissive(bad), bad);
  });
});
