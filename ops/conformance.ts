import { parseArgs } from "node:util";
import { runMaasConformance } from "./conformance/maas/run";
import { runPaletteConformance } from "./conformance/palette/run";
import { runCommand } from "./run-command";

const USAGE = "usage: npm run conformance -- --maas RECORDING | --palette DESCRIPTION";

/** What each option runs: a check of a simulator against a file; it answers the exit code. */
const CHECKS: Record<string, (file: string, print: (line: string) => void) => Promise<number>> = {
  maas: runMaasConformance,
  palette: runPaletteConformance,
};

async function main(): Promise<number> {
  const options = Object.fromEntries(
    Object.keys(CHECKS).map((name) => [name, { type: "string" as const, multiple: true as const }]),
  );
  const { values } = parseArgs({ options });
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
