import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { maasResourcesPage } from "./reference/maas-resources";

const project = join(__dirname, "..");
const path = join(project, "docs", "maas-resources.md");
writeFileSync(path, maasResourcesPage(project));
console.log(`written: ${path}`);
