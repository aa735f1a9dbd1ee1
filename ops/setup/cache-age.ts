import { readdir, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Parts of other versions that no clone has used for this long, in days, are removed. */
const unusedDays = 30;

/** Notes that a part's folder in the cache was used now. */
export async function markUsed(folder: string, now = new Date()): Promise<void> {
  await utimes(folder, now, now);
}

/**
 * Removes what lies beside a part's folder (the same part made from other inputs) and was not used for {@link unusedDays} days, so that
 * the cache does not grow by some hundred megabytes with each new version. Other clones may still be on another version: theirs are
 * kept by their use.
 */
export async function removeUnused(folder: string, now = new Date()): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (name === basename(folder)) continue;
    const sibling = join(parent, name);
    const age = now.getTime() - (await stat(sibling)).mtimeMs;
    if (age > unusedDays * 24 * 60 * 60 * 1000) await rm(sibling, { recursive: true, force: true });
  }
}
