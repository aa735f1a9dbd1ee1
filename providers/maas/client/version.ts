import { z } from "zod";
import { InputError } from "../../dynamic/errors";
import { urlKey } from "../url";
import type { Transport } from "./transport";

/** What `version/` answers. */
export const versionSchema = z
  .object({ version: z.string(), capabilities: z.array(z.string()) })
  .describe("the version of MAAS");

/** See {@link versionSchema}. */
export type VersionAnswer = z.infer<typeof versionSchema>;

/** The oldest MAAS whose API has everything that is used here. */
export const oldestVersion = "3.4";

/** The newest MAAS that this was tried with; a newer one is used with a warning. */
export const newestKnownVersion = "3.6";

/** Reads the version; needs no credentials, so that an unreachable MAAS is told apart from a refused key. */
export async function readVersion(transport: Transport): Promise<VersionAnswer> {
  return transport.json({ method: "GET", path: "version/", anonymous: true }, versionSchema);
}

/**
 * Judges a version.
 *
 * @returns a warning for one that is not known yet
 * @throws InputError for one that is too old.
 */
export function judgeVersion(version: string, url: string): string | undefined {
  const number = majorAndMinor(version);
  if (number === undefined) {
    return `MAAS at ${url} says its version is "${version}", which is not understood; going on as if it were ${newestKnownVersion}.`;
  }
  if (compare(number, majorAndMinor(oldestVersion)) < 0) {
    throw new InputError(
      `MAAS at ${url} is version ${version}; ${oldestVersion} or newer is needed. Upgrade MAAS first (3.6 is what the reference architecture uses).`,
      urlKey,
    );
  }
  if (compare(number, majorAndMinor(newestKnownVersion)) > 0) {
    return `MAAS at ${url} is version ${version}; the newest that this was tried with is ${newestKnownVersion}. Read a preview with care.`;
  }
  return undefined;
}

type Number2 = readonly [number, number];

function majorAndMinor(version: string): Number2 | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

function compare(left: Number2, right: Number2 | undefined): number {
  const [major, minor] = right ?? [0, 0];
  return left[0] === major ? left[1] - minor : left[0] - major;
}
