import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DESCRIPTION_KEY } from "../description/problem";
import { formatTraps, STACK_FILE_VARIABLE, stackFileTraps, trapsOf } from "../description/stack-file-traps";

/**
 * Refuses what the engine read differently from how the stack file has it, with line and column. Skipped where there is no such file (a program of the
 * Automation API with its configuration inline), or where the configuration came from another one.
 *
 * @param input what the engine made of the description
 * @returns the message; undefined when the file is read as it is written
 */
export function stackFileTrapText(input: unknown, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment[STACK_FILE_VARIABLE]?.trim() || undefined;
  const file = named ?? join(pulumi.getRootDirectory(), `Pulumi.${pulumi.getStack()}.yaml`);
  if (!existsSync(file)) return undefined;
  const traps = trapsOf(stackFileTraps(readFileSync(file, "utf8")), DESCRIPTION_KEY, input);
  return traps.length === 0 ? undefined : formatTraps(basename(file), traps);
}
