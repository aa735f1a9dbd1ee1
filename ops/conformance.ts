import { runMaasConformance } from "./conformance/maas/run";
import { runPaletteConformance } from "./conformance/palette/run";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";

const USAGE = `usage: npm run conformance -- --maas RECORDING | --palette DESCRIPTION
  --maas RECORDING       a recording of a real MAAS, one JSON object a line, played to the simulator
  --palette DESCRIPTION  Palette's API description (Swagger 2, JSON), held to the whole life of the dev stack
  Exit codes: 0 all agree, 1 something disagrees, 2 the check could not be made. More: docs/conformance.md`;

/** What each option runs: a check of a simulator against a file; it answers the exit code. */
const CHECKS: Record<string, (file: string, print: (line: string) => void) => Promise<number>> = {
  maas: runMaasConformance,
  palette: runPaletteConformance,
};

async function main(args: readonly string[]): Promise<number> {
  const options = Object.fromEntries(
    Object.keys(CHECKS).map((name) => [name, { type: "string" as const, multiple: true as const }]),
  );
  if (args.includes("--help")) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { values } = readCommandLine(USAGE, { args: [...args], options });
  let code = 0;
  let runs = 0;
  for (const [name, check] of Object.entries(CHECKS)) {
    for (const file of values[name] ?? []) {
      runs += 1;
      code = Math.max(code, await check(file, (line) => process.stdout.write(`${line}\n`)));
    }
  }
  if (runs === 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  return code;
}

runCommand(main, 2);
