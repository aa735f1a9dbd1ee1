import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";

/**
 * Writes JSON so that a reader, also after a kill at any moment, sees the old text or the new one, never a part.
 * Readable by the owner only: the lab's files may hold keys.
 */
export function writeJsonFile(file: string, value: unknown): void {
  writePrivateFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/**
 * Writes JSON unless the file exists; answers what the file holds then. Of several processes that do it at once, one's
 * value wins, and all get that.
 */
export function keepJsonFile(file: string, value: unknown): unknown {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(partial, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(partial);
  }
  return readJsonFile(file);
}

/** As `writeJsonFile`, for any text. */
export function writePrivateFile(file: string, text: string): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  renameSync(partial, file);
}

/** The parsed content, or undefined when there is no such file. Throws on text that is not JSON, naming the file. */
export function readJsonFile(file: string): unknown {
  const text = readTextFile(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file} does not hold JSON; remove it, or the whole folder with \`npm run lab -- reset\``, {
      cause: error,
    });
  }
}

/** The content, or undefined when there is no such file. */
export function readTextFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
