import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { maasResourcesPage } from "./reference/maas-resources";
import { safetyPage } from "./reference/ownership-tables";

const project = join(__dirname, "..");
for (const [name, content] of [
  ["maas-resources.md", maasResourcesPage(project)],
  ["safety.md", safetyPage(project)],
] as const) {
  const path = join(project, "docs", name);
  writeFileSync(path, content);
  console.log(`written: ${path}`);
}
