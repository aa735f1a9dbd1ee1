import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { datacenterJsonSchema } from "./description/json-schema";
import { settingsTable } from "./description/settings-table";

/** Between these two lines docs/configuration.md lists the settings. */
const MARKERS = { begin: "<!-- settings: written by npm run schema -->", end: "<!-- end of settings -->" } as const;

/** The files that follow from the description's schema, with what should be in them. */
export function generatedFiles(project: string): { path: string; content: string }[] {
  const schema = datacenterJsonSchema();
  const page = join(project, "docs", "configuration.md");
  return [
    { path: join(project, "stacks", "datacenter.schema.json"), content: `${JSON.stringify(schema, null, 2)}\n` },
    { path: page, content: withSettings(readFileSync(page, "utf8"), settingsTable(schema)) },
  ];
}

function withSettings(page: string, table: string): string {
  const begin = page.indexOf(MARKERS.begin);
  const end = page.indexOf(MARKERS.end);
  if (begin < 0 || end < begin)
    throw new Error(`docs/configuration.md has lost the lines ${MARKERS.begin} and ${MARKERS.end}`);
  return `${page.slice(0, begin)}${MARKERS.begin}\n\n${table}\n\n${page.slice(end)}`;
}

if (require.main === module) {
  for (const { path, content } of generatedFiles(join(__dirname, ".."))) {
    writeFileSync(path, content);
    console.log(`written: ${path}`);
  }
}
