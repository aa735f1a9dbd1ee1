import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Toolchain } from "./toolchain-part";

/**
 * The JSON file that tells `lab/`, which may not import from here, where the parts are: a {@link Toolchain} with absent keys for what
 * is not there. It lies where git does not look, in the project's own folder, because each clone may pin other versions.
 */
export function recordPath(project: string): string {
  return join(project, "node_modules", ".cache", "vmo-metal", "toolchain.json");
}

/** Adds parts to the record and drops those whose files are gone. Written in one step, and only when something changed. */
export async function record(project: string, found: Partial<Toolchain>): Promise<void> {
  const path = recordPath(project);
  const former = await readRecord(path);
  const kept = Object.entries({ ...former, ...found }).filter(([, value]) => isThere(value));
  const text = `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`;
  if (text === `${JSON.stringify(former, null, 2)}\n`) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

async function readRecord(path: string): Promise<Partial<Toolchain>> {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(await readFile(path, "utf8")) as Partial<Toolchain>;
  } catch (failure) {
    // A file that is no JSON was not written by us; it is replaced.
    if (failure instanceof SyntaxError) return {};
    throw failure;
  }
}

function isThere(value: Toolchain[keyof Toolchain] | undefined): boolean {
  if (value === undefined) return false;
  return existsSync(typeof value === "string" ? value : value.bin);
}
