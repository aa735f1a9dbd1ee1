import { randomBytes } from "node:crypto";
import { z } from "zod";
import { keepJsonFile, readJsonFile } from "./json-file";

const credentialsSchema = z.object({
  /** API key of MAAS's user `admin`, `consumer:token:secret`. */
  maasApiKey: z.string(),
  /** Palette's API key. */
  paletteApiKey: z.string(),
  /** Bearer token of the lab's own surfaces (`/lab/…`). */
  adminToken: z.string(),
  /** Passphrase of the lab's stack. */
  pulumiPassphrase: z.string(),
});

/** The secrets of one lab; random, in one file that only its owner can read. */
export type LabCredentials = z.infer<typeof credentialsSchema>;

/** The secrets in the file; made at random when there is none yet. */
export function keepCredentials(file: string): LabCredentials {
  return credentialsSchema.parse(
    keepJsonFile(file, {
      maasApiKey: [letters(18), letters(18), letters(32)].join(":"),
      paletteApiKey: letters(32),
      adminToken: letters(32),
      pulumiPassphrase: letters(32),
    } satisfies LabCredentials),
  );
}

/** The secrets in the file; undefined when there is none. */
export function readCredentials(file: string): LabCredentials | undefined {
  const content = readJsonFile(file);
  return content === undefined ? undefined : credentialsSchema.parse(content);
}

/** Random letters and digits, as both servers' keys have them. */
function letters(length: number): string {
  return randomBytes(2 * length)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, length);
}
