import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Least milliseconds between a change and its being written. */
const DELAY = 20;

/** Share of the time that writing may take at most: a write waits this many times as long as the last one took. */
const EASE = 4;

/**
 * Keeps a state on disk: written soon after each change, to a new file that then takes the old one's place, so that a
 * killed process leaves the old or the new state, never half of one. The file is readable by its owner only.
 */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private dirty = false;
  private lastTook = 0;

  constructor(
    private readonly path: string,
    private readonly content: () => unknown,
  ) {}

  /** The stored state; undefined when there is none. */
  static read(path: string): unknown {
    try {
      return JSON.parse(readFileSync(path, "utf8")) as unknown;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Says that the state changed. */
  touch(): void {
    this.dirty = true;
    if (this.timer !== undefined || this.writing !== undefined) return;
    this.timer = setTimeout(() => this.start(), Math.max(DELAY, EASE * this.lastTook));
    this.timer.unref();
  }

  /** Writes what is not written yet and stops. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.writing;
    if (this.dirty) this.writeNow();
  }

  /** Writes at once, before it returns. */
  writeNow(): void {
    this.dirty = false;
    mkdirSync(dirname(this.path), { recursive: true });
    const fresh = `${this.path}.new`;
    writeFileSync(fresh, JSON.stringify(this.content()), { mode: 0o600 });
    renameSync(fresh, this.path);
  }

  private start(): void {
    this.timer = undefined;
    const started = Date.now();
    this.writing = this.write()
      .catch((error: unknown) => {
        process.emitWarning(`cannot write ${this.path}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => {
        this.writing = undefined;
        this.lastTook = Date.now() - started;
        if (this.dirty) this.touch();
      });
  }

  private async write(): Promise<void> {
    this.dirty = false;
    const text = JSON.stringify(this.content());
    await mkdir(dirname(this.path), { recursive: true });
    const fresh = `${this.path}.writing`;
    const file = await open(fresh, "w", 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(fresh, this.path);
  }
}
