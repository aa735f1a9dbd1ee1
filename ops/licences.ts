import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";

const help = `npm run licences [-- --json]
  Lists the licence of every package of package-lock.json.
Exit code: 0 when all may be used in a project under Apache-2.0, 1 when not.`;

/** Licences (SPDX) whose terms a project under Apache-2.0 meets by keeping their notices. */
export const permissive: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
];

/** Packages whose lock entry states no SPDX expression, with that of their licence file. */
const ofTheirFile: Readonly<Record<string, string>> = {
  "@logdna/tail-file": "MIT",
  busboy: "MIT",
  streamsearch: "MIT",
};

/** A package with its licence. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; empty when the package states none. */
  readonly licence: string;
  /** Whether only development needs it. */
  readonly dev: boolean;
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

/** The packages of a lock file, sorted by name and version. @throws ZodError for a text that is no lock file */
export function licencesOf(lockFile: string): Licence[] {
  const { packages } = lockSchema.parse(JSON.parse(lockFile));
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== "" && link !== true)
    .map(([path, { version = "", license = "", dev = false }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version, licence: ofTheirFile[name] ?? license, dev };
    })
    .sort((one, other) => `${one.name} ${one.version}`.localeCompare(`${other.name} ${other.version}`, "en"));
}

/** Whether an SPDX expression offers a permissive licence: any part of an `OR`, every part of an `AND`. */
export function isPermissive(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  return plain.split(" OR ").some((choice) => choice.split(" AND ").every((part) => permissive.includes(part.trim())));
}

/** The command behind `npm run licences`. @returns the exit code */
async function licences(args: readonly string[]): Promise<number> {
  const { values } = readCommandLine(help, {
    args: [...args],
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const found = licencesOf(readFileSync(join(__dirname, "..", "package-lock.json"), "utf8"));
  const refused = found.filter(({ licence }) => !isPermissive(licence));
  if (values.json) console.log(JSON.stringify(found, undefined, 2));
  else
    for (const { name, version, licence, dev } of found)
      console.log(`${licence}\t${name} ${version}${dev ? " (dev)" : ""}`);
  for (const { name, version, licence } of refused)
    console.error(`${name} ${version}: licence "${licence}" is not among those of ops/licences.ts`);
  return refused.length === 0 ? 0 : 1;
}

if (require.main === module) runCommand(licences, 2);
