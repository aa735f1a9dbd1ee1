import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { stackFileProblem } from "./stack-file-problem";

/**
 * Reads a stack file before the engine does.
 *
 * @param project the project's folder, for its configuration keys
 * @param name    what messages call the file; default: its name without the folder
 * @throws Error that names the file, the place and the fix when the engine would stumble over it or overlook what it says; a file that is
 * not there is none of its business
 */
export async function checkStackFile(project: string, file: string, name = basename(file)): Promise<void> {
  if (!existsSync(file)) return;
  const { config } = parse(await readFile(join(project, "Pulumi.yaml"), "utf8")) as { config: Record<string, unknown> };
  const problem = stackFileProblem(name, await readFile(file, "utf8"), Object.keys(config));
  if (problem !== undefined) throw new Error(problem);
}
