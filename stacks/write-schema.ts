import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { datacenterJsonSchema } from "./description/json-schema";
import { settingsTable } from "./description/settings-table";
import { rulesTable } from "./preflight/rules-table";

/** The files that follow from the schema and the rules, with what should be in them. */
export function generatedFiles(project: string): { path: string; content: string }[] {
  const schema = datacenterJsonSchema();
  const page = (name: string, part: string, table: string): { path: string; content: string } => {
    const path = join(project, "docs", name);
    return { path, content: withTable(readFileSync(path, "utf8"), part, table) };
  };
  return [
    { path: join(project, "stacks", "datacenter.schema.json"), content: `${JSON.stringify(schema, null, 2)}\n` },
    page("configuration.md", "settings", settingsTable(schema)),
    page("preflight.md", "rules", rulesTable()),
  ];
}

/** The page with the table between the two lines that mark its place. */
function withTable(page: string, part: string, table: string): string {
  const begin = `<!-- ${part}: written by npm run schema -->`;
  const [from, to] = [page.indexOf(begin), page.indexOf(`<!-- end of ${part} -->`)];
  if (from < 0 || to < from) throw new Error(`The page has lost the lines that mark the place of its ${part}`);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}

if (require.main === module) {
  for (const { path, content } of generatedFiles(join(__dirname, ".."))) {
    writeFileSync(path, content);
    console.log(`written: ${path}`);
  }
}
