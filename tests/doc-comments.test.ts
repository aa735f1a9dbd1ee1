import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const project = join(__dirname, "..");
const folders = ["addressing", "components", "lab", "model", "ops", "profiles", "providers", "stacks", "text"];

/** Exported declarations of a file that have no doc comment, by name. */
function undocumented(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const documented = new Set<string>();
  const exported = source.statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExportKeyword) === true;
    if (!isExported) return [];
    const name = nameOf(statement);
    // The first of several overloads speaks for all.
    if (ts.getJSDocCommentsAndTags(statement).length > 0) documented.add(name);
    return [name];
  });
  return exported.filter((name) => !documented.has(name));
}

function isExportKeyword({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword;
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? "";
  return (statement as ts.DeclarationStatement).name?.getText() ?? "";
}

describe("doc comments", () => {
  for (const folder of folders) {
    it(`${folder}/: every exported thing has one`, () => {
      const files = readdirSync(join(project, folder), { recursive: true, encoding: "utf8" });
      const missing = files
        .filter((file) => file.endsWith(".ts"))
        .flatMap((file) => undocumented(join(project, folder, file)).map((name) => `${folder}/${file}: ${name}`));
      assert.deepEqual(missing, []);
    });
  }
});
