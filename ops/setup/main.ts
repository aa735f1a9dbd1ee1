import { homedir } from "node:os";
import { SetupError } from "./setup-error";
import { allParts, describeToolchain, type Part } from "./toolchain";
import { consoleProgress } from "./progress";
import type { Found } from "./toolchain-sources";

/**
 * The toolchain step of the set-up: `main.ts [--quiet] [PART…]`. Without parts: all. `--quiet` leaves out the list of what came from
 * where, so that a command that needs no build prints nothing of its own set-up.
 */
async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => arg !== "--quiet");
  const unknown = names.filter((name) => !(allParts as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new SetupError(
      `${unknown.join(", ")} is no part of the toolchain`,
      `the parts are ${allParts.join(", ")}`,
      "name one of these, or none for all",
    );
  }
  const parts = names.length === 0 ? allParts : (names as Part[]);
  const found = await describeToolchain(parts, consoleProgress);
  if (!args.includes("--quiet")) consoleProgress.say(inventory(found, homedir()));
}

/** The list of what came from where. */
export function inventory(found: readonly Found[], home: string): string {
  const widest = (pick: (part: Found) => string): number => Math.max(...found.map((part) => pick(part).length));
  const [titles, origins] = [widest(({ title }) => title), widest(({ origin }) => origin)];
  const lines = found.map(({ title, origin, path }) => {
    const short = path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
    return `  ${title.padEnd(titles)}  ${origin.padEnd(origins)}  ${short}`;
  });
  return ["Toolchain ready:", ...lines].join("\n");
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((failure: unknown) => {
    console.error(failure instanceof SetupError ? failure.message : failure);
    process.exitCode = 1;
  });
}
