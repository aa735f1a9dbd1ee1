import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { driftReport } from "./drift/drift";
import { driftPage } from "./drift/page";
import { previewWithRefresh } from "./drift/run-preview";
import { driftText, healingCommand } from "./drift/text";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";
import { ownStackFile } from "./stack/described-stack";
import { labStack, stackNamed } from "./stack-name";

const USAGE = `usage: npm run drift [-- [--stack NAME] [--out FILE] [--json]]
  Reads everything that the stack has made and says what is not as described, field by field, and what an up would do. Changes nothing.
  --stack NAME  which datacenter; default PULUMI_STACK, else dev (the lab)
  --out FILE    where the page goes; default reports/drift.html
  --json        the report as JSON instead of lines
  Exit codes: 0 as described, 7 drift, others: the comparison failed.`;

/** The exit code that says drift: the engine's own for changes that were not expected. */
const DRIFT = 7;

const project = join(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
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
  const stack = stackNamed(values.stack);
  if (stack !== labStack) await ownStackFile(stack);
  console.error(`Reading what stack ${stack} has made, and comparing it with its description …`);
  const result = await previewWithRefresh(stack);
  if (result.ended === "failed") {
    console.error(`The comparison failed, so drift is not known:\n${result.message}`);
    return result.exitCode;
  }
  const report = driftReport(stack, result.digest);
  const file = resolve(values.out);
  await mkdir(dirname(file), { recursive: true });
  const when = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  await writeFile(file, driftPage(report, when));
  process.stdout.write(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : `${driftText(report)}\n`);
  if (result.drift) console.error(`To set it as described: ${healingCommand(stack)}`);
  console.error(`The page: ${relative(process.cwd(), file)}`);
  return result.drift ? DRIFT : 0;
}

runCommand(main, 1);
