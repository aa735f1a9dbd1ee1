import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { withLock, type LockHolder } from "./lock";
import { expectedSeconds, withProgress, type Progress } from "./progress";
import { explainDiskFailures } from "./disk-failure";
import { isComplete } from "./workshop";

/** Something that the set-up makes once per user. */
export interface StoredPart {
  /** Name of its folder in the cache, e.g. `etcd`. */
  name: string;
  /** Name of the folder below that: the hash of all inputs, or a version. */
  key: string;
  /** In words, with the version. */
  title: string;
  /** How long it takes cold on two cores, in seconds. */
  seconds: number;
  /** How it is made, for the progress lines. */
  how: "built" | "downloaded";
  /** Files that a complete part has. */
  files: readonly string[];
}

/** Fills `out`, which is empty; `scratch` is thrown away afterwards. */
export type MakePart = (out: string, scratch: string) => Promise<void>;

/** What {@link storePart} needs to know of its surroundings. */
export interface Store {
  /** The cache folder. */
  cache: string;
  /** Folder of the project, told to those who wait for it. */
  project: string;
  progress: Progress;
  cores: number;
}

/** Where a part lies, or will lie, in the cache. */
export function partFolder(cache: string, part: Pick<StoredPart, "name" | "key">): string {
  return join(cache, part.name, part.key);
}

/**
 * Makes a part unless the cache has it, and answers its folder.
 *
 * It is made in a folder beside the final one and moved there in one step, under a lock: a killed run leaves no half part, and two
 * runs, also of two clones, make it once.
 */
export async function storePart(part: StoredPart, store: Store, make: MakePart): Promise<string> {
  const folder = partFolder(store.cache, part);
  if (isComplete(folder, part.files)) return folder;
  const options = {
    project: store.project,
    onWait: (holder: LockHolder): void => {
      store.progress.say(
        `${part.title}: waiting for process ${holder.pid} on ${holder.host}, which has been making it for ${holder.project} since ${holder.since}`,
      );
    },
    onTakeOver: (holder: LockHolder): void => {
      store.progress.say(`${part.title}: process ${holder.pid}, which was making it, is gone; going on in its place`);
    },
  };
  await explainDiskFailures(`${part.title} could not be ${part.how}`, () =>
    withLock(`${folder}.lock`, options, async () => {
      if (isComplete(folder, part.files)) return;
      await removeLeftovers(store.cache, part);
      const work = `${folder}.making-${process.pid}`;
      const [out, scratch] = [join(work, "out"), join(work, "scratch")];
      await mkdir(out, { recursive: true });
      await mkdir(scratch);
      try {
        const expected = expectedSeconds(part.seconds, store.cores);
        await withProgress(store.progress, { title: part.title, expected, how: part.how }, () => make(out, scratch));
        if (!isComplete(out, part.files)) {
          throw new Error(
            `${part.title}: it was ${part.how} without an error, but these are not all there: ${part.files.join(", ")}`,
          );
        }
        await rm(folder, { recursive: true, force: true });
        await rename(out, folder);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    }),
  );
  return folder;
}

/** Removes what killed runs left; called under the part's lock, so that none of it is in use. */
async function removeLeftovers(cache: string, part: StoredPart): Promise<void> {
  const folder = join(cache, part.name);
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${part.key}.making-`)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
