import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const project = join(__dirname, "..", "..");

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe("docs/dependencies.md", () => {
  const page = readFileSync(join(project, "docs", "dependencies.md"), "utf8");
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as PackageFile;
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name, reason]) => ({ name, reason }));

  it("lists exactly the packages of package.json", () => {
    const listed = rows.map(({ name }) => name).sort();
    const named = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].sort();
    assert.deepEqual(listed, named);
  });

  it("gives a reason for each, and package.json one version", () => {
    for (const { reason } of rows) assert.ok((reason ?? "").trim().length > 4);
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/);
    }
  });
});
