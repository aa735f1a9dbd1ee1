import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Everything that decides what a build gives. */
export interface BuildInputs {
  /** Folder with the pinned Go module(s): go.mod, go.sum and Go files, at any depth. */
  sources: string;
  /** Package, version flags and whatever else the build is told; any JSON. */
  settings: unknown;
  /** Platform, e.g. `linux-x64`. */
  platform: string;
}

/** Changed when the way of building changes, so that nothing made the old way is used. */
const recipeFormat = 1;

/**
 * The name of a part's folder in the cache: 12 hexadecimal digits over the inputs' names and contents. The Go version is left out on
 * purpose: an upgrade of Go does not change what the part does.
 */
export async function hashOfInputs(inputs: BuildInputs): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([recipeFormat, inputs.platform, inputs.settings]));
  const files = (await readdir(inputs.sources, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /(^go\.(mod|sum)|\.go)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(inputs.sources.length))
    .sort();
  for (const file of files) {
    const content = await readFile(join(inputs.sources, file));
    hash.update(`\n${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex").slice(0, 12);
}

/** This machine's platform as part of the inputs. */
export const thisPlatform = `${process.platform}-${process.arch}`;
