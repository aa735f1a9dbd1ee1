import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Who holds a lock, as written in its file. */
export interface LockHolder {
  pid: number;
  host: string;
  /** Tells a process from a later one with the same id; empty where the system does not say. */
  processStart: string;
  /** Folder of the project that the holder works for. */
  project: string;
  /** ISO 8601. */
  since: string;
  /** Makes each lock unlike any other. */
  token: string;
}

/** How a lock behaves. */
export interface LockOptions {
  /** Folder of the project, told to those who wait. */
  project: string;
  /** Called once for each holder that is waited for. */
  onWait?: (holder: LockHolder) => void;
  /** Called when the lock of a process that is gone is taken over. */
  onTakeOver?: (holder: LockHolder) => void;
  /** Milliseconds between two looks while waiting. Default 500. */
  interval?: number;
}

/** A holder on another machine is taken for dead when it has not touched its lock for this long, in milliseconds. */
const silence = 120_000;
/** How often a holder touches its lock, in milliseconds. */
const heartbeat = 20_000;
/** A take-over is a few file operations; one that has lasted this long, in milliseconds, was cut off. */
const takeOverLimit = 10_000;

/**
 * Runs `work` while holding the lock `file`, so that one process at a time, of whichever clone, does it. Waits for a living holder;
 * takes over the lock of one that is gone, so that a killed run never blocks the next.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const own: LockHolder = {
    pid: process.pid,
    host: hostname(),
    processStart: await processStart(process.pid),
    project: options.project,
    since: new Date().toISOString(),
    token: randomUUID(),
  };
  await acquire(file, own, options);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, heartbeat).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readHolder(file))?.token === own.token) await rm(file, { force: true });
  }
}

async function acquire(file: string, own: LockHolder, options: LockOptions): Promise<void> {
  let waitedFor: string | undefined;
  while (!(await create(file, own))) {
    const holder = await readHolder(file);
    if (holder === undefined) continue;
    if (await isGone(file, holder)) {
      if (await takeOver(file, holder, own)) {
        options.onTakeOver?.(holder);
        return;
      }
    } else if (waitedFor !== holder.token) {
      waitedFor = holder.token;
      options.onWait?.(holder);
    }
    await delay(options.interval ?? 500);
  }
}

/** Makes the lock in one step with its content; false when there is one. */
async function create(file: string, own: LockHolder): Promise<boolean> {
  const draft = `${file}.${own.token}`;
  await writeFile(draft, JSON.stringify(own));
  try {
    await link(draft, file);
    return true;
  } catch (failure) {
    if (isCode(failure, "EEXIST")) return false;
    throw failure;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Replaces the lock of a holder that is gone. Two waiting processes may both see it gone, so that the exchange itself is guarded, and
 * inside the guard the lock must still be the one that was judged.
 */
async function takeOver(file: string, gone: LockHolder, own: LockHolder): Promise<boolean> {
  const guard = `${file}.takeover`;
  const guardAge = Date.now() - ((await modified(guard)) ?? Date.now());
  if (guardAge > takeOverLimit) await rm(guard, { force: true });
  if (!(await create(guard, own))) return false;
  try {
    if ((await readHolder(file))?.token !== gone.token) return false;
    const draft = `${file}.${own.token}`;
    await writeFile(draft, JSON.stringify(own));
    await rename(draft, file);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

async function isGone(file: string, holder: LockHolder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const touched = await modified(file);
    return touched !== undefined && Date.now() - touched > silence;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (failure) {
    if (isCode(failure, "ESRCH")) return true;
  }
  return (await processStart(holder.pid)) !== holder.processStart;
}

/** When a process started, in the system's own unit; empty where the system has no /proc. */
async function processStart(pid: number): Promise<string> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold spaces; the start time is field 22.
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** The holder named in a lock file; undefined when the lock is gone. An unreadable lock is a holder that nothing knows of. */
async function readHolder(file: string): Promise<LockHolder | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (failure) {
    if (isCode(failure, "ENOENT")) return undefined;
    throw failure;
  }
  const unknown: LockHolder = { pid: 0, host: "", processStart: "", project: "", since: "", token: text };
  try {
    return { ...unknown, ...(JSON.parse(text) as Partial<LockHolder>) };
  } catch {
    return unknown;
  }
}

async function modified(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (failure) {
    if (isCode(failure, "ENOENT")) return undefined;
    throw failure;
  }
}

function isCode(failure: unknown, code: string): boolean {
  return failure instanceof Error && (failure as NodeJS.ErrnoException).code === code;
}
