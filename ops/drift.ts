import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { type DriftReport, EXIT_CODES, failedReport } from "./drift/document";
import { driftReport } from "./drift/drift";
import { driftPage } from "./drift/page";
import { previewWithRefresh } from "./drift/run-preview";
import { driftText, healingCommand } from "./drift/text";
import { visible, visibleJson } from "../text/visible";
import { readCommandLine } from "./command-line";
import { failureText } from "./failure-text";
import { runCommand } from "./run-command";
import { ownStackFile } from "./stack/described-stack";
import { labStack, stackNamed } from "./stack-name";

const USAGE = `usage: npm run drift [-- [--stack NAME] [--out FILE] [--json]]
  Reads everything that the stack has made and reports what is not as described, field by field, what an up would do, and what the
  preflight finds. Changes nothing and takes no lock.
  --stack NAME  which datacenter; default PULUMI_STACK, else dev (the lab)
  --out FILE    where the page goes; default reports/drift.html
  --json        one JSON document instead of lines, also when the check fails (docs/drift.md)
  Exit codes: 0 as described, 7 drift or findings, 2 the site was not reached, 3 a key was refused, 1 anything else.`;

const project = join(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
  const time = new Date().toISOString();
  // Also for a command line that cannot be read.
  const json = args.includes("--json");
  try {
    const { values } = readCommandLine(USAGE, {
      args: [...args],
      options: {
        stack: { type: "string", short: "s" },
        out: { type: "string", default: join(project, "reports", "drift.html") },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const file = resolve(values.out);
    const report = await withPage(await reportOf(stackNamed(values.stack), time), file);
    print(report, json);
    if (report.drifted.length > 0) console.error(`To set it as described: ${healingCommand(report.stack)}`);
    console.error(`The page: ${visible(relative(process.cwd(), file))}`);
    return report.exitCode;
  } catch (failure) {
    if (!json) throw failure;
    print(failedReport(stackNamed(undefined), time, failureText(failure)), json);
    return EXIT_CODES.failed;
  }
}

async function reportOf(stack: string, time: string): Promise<DriftReport> {
  if (stack !== labStack) await ownStackFile(stack);
  console.error(`Reading what stack ${stack} has made, and comparing it with its description …`);
  return driftReport(await previewWithRefresh(stack, time));
}

/** Writes the page; a report whose page cannot be written is a failed one, with everything that was found. */
async function withPage(report: DriftReport, file: string): Promise<DriftReport> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, driftPage(report));
    return report;
  } catch (failure) {
    const error = `The page cannot be written: ${failureText(failure)}`;
    return { ...report, error, outcome: "failed", exitCode: EXIT_CODES.failed };
  }
}

function print(report: DriftReport, json: boolean): void {
  process.stdout.write(json ? `${visibleJson(report, 2)}\n` : `${driftText(report)}\n`);
}

runCommand(main, 1);
