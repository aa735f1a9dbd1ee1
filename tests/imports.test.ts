import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const project = join(__dirname, "..");
const folders = ["addressing", "components", "lab", "model", "ops", "profiles", "providers", "stacks", "text", "tests"];

/** MAAS's own handlers call one another when an interface is saved: what one changes is saved again. The lab does as MAAS does. */
const likeMaas = "lab/maas/machines/network/save-interface.ts";

/** The project's own files that each file imports, types included. */
function importsOfAll(): Map<string, string[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  return new Map(files.map((file) => [file, importsOf(file)]));
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(project, file), "utf8"));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => join(project, dirname(file), fileName))
    .flatMap((path) => [`${path}.ts`, join(path, "index.ts")].filter((candidate) => existsSync(candidate)).slice(0, 1))
    .map((path) => relative(project, path));
}

/** Files that can be reached from a file through its imports. */
function reachableFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const next = [...(imports.get(file) ?? [])];
  for (let current = next.pop(); current !== undefined; current = next.pop()) {
    if (reached.has(current)) continue;
    reached.add(current);
    next.push(...(imports.get(current) ?? []));
  }
  return reached;
}

describe("imports", () => {
  it("of the lab lead to nothing of the product", () => {
    const allowed = /^(lab|tests|text)\//;
    const leaving = [...importsOfAll()].filter(([file]) => file.startsWith("lab/"));
    assert.ok(leaving.length > 100, "the files were found");
    for (const [file, imports] of leaving)
      assert.deepEqual(
        imports.filter((imported) => !allowed.test(imported)),
        [],
        file,
      );
  });

  it("go in no circle", () => {
    const imports = importsOfAll();
    assert.ok(imports.size > 500, "the files were found");
    const reachable = new Map([...imports.keys()].map((file) => [file, reachableFrom(file, imports)]));
    const inCircle = [...imports.keys()].filter((file) => reachable.get(file)?.has(file));
    assert.ok(inCircle.includes(likeMaas), "the exception is needed");
    const withMaas = reachable.get(likeMaas);
    assert.deepEqual(
      inCircle.filter((file) => !(withMaas?.has(file) && reachable.get(file)?.has(likeMaas))),
      [],
    );
  });
});
