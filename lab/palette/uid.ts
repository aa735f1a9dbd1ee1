import { createHash, randomBytes } from "node:crypto";

/** A new object id: 24 hexadecimal characters, as every Palette object has. */
export function newUid(): string {
  return randomBytes(12).toString("hex");
}

/** The same id for the same words, so that what is seeded keeps its id over a reset. */
export function seededUid(...words: string[]): string {
  return digestOf(words.join("\n")).slice(0, 24);
}

/** SHA-256 of a text, hexadecimal: pack, manifest and values digests. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
