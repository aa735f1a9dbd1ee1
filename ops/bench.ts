import { benchMaas, type MaasFigures, maasTable } from "./bench/maas-bench";
import { benchPalette, paletteText } from "./bench/palette-bench";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";

const USAGE = `usage: npm run bench -- maas [--workers 8,64] [--json]
       npm run bench -- palette [--json]
  maas     metal only: requests, seconds, memory and state of a first up and of a refresh, by number of workers
  palette  the whole dev stack: requests to Palette by operation, against its rate limits
  Each measurement has a lab of its own, which is removed afterwards. Seconds depend on this machine; requests do not.`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readCommandLine(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: { workers: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" } },
  });
  const [what] = positionals;
  if (values.help === true || positionals.length !== 1 || (what !== "maas" && what !== "palette")) {
    process.stderr.write(`${USAGE}\n`);
    return values.help === true ? 0 : 2;
  }
  const print = (figures: unknown, text: string): void => {
    process.stdout.write(`${values.json === true ? JSON.stringify(figures, undefined, 2) : text}\n`);
  };
  if (what === "palette") {
    process.stderr.write("Measuring the dev stack, from bare metal to VM templates: some minutes …\n");
    const figures = await benchPalette();
    print(figures, paletteText(figures));
    return 0;
  }
  const measured: Record<string, MaasFigures> = {};
  for (const workers of workerNumbers(values.workers ?? "8,64")) {
    process.stderr.write(`Measuring ${workers} workers, metal only …\n`);
    measured[workers] = await benchMaas(workers);
  }
  print(measured, maasTable(measured));
  return 0;
}

function workerNumbers(text: string): number[] {
  const numbers = text.split(",").map(Number);
  const wrong = numbers.some((number) => !Number.isInteger(number) || number < 1 || number > 1000);
  if (wrong) throw new Error(`--workers ${text}: write numbers from 1 to 1000, such as 8,64`);
  return numbers;
}

runCommand(main, 1);
