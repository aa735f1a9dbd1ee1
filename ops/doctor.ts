import { join } from "node:path";
import { missingKey } from "../providers/dynamic/configuration";
import { surveyTenant } from "../providers/palette/look-ups/tenant-survey";
import { readCommandLine } from "./command-line";
import { describedTenant } from "./doctor/described-tenant";
import { findingLine, summaryLine } from "./doctor/finding";
import { tenantFindings } from "./doctor/tenant-findings";
import { runCommand } from "./run-command";
import { describedStack } from "./stack/described-stack";
import { stackNamed } from "./stack-name";

const USAGE = `usage: npm run doctor -- palette [--stack NAME] [--validate-account] [--quiet]
  Checks a Palette tenant for a stack before its first up: key, project, gateway, way to MAAS, cloud account, registries, and the
  pack of every layer of its profiles. Reads only; what only a write would show is reported as unchecked.
  --stack NAME  whose description and keys; default PULUMI_STACK, else dev (the lab)
  --validate-account  also have Palette try the described cloud account, as an up does: the gateway asks MAAS with the MAAS key,
                and Palette stores nothing but an audit record
  --quiet       only errors, warnings and the summary
  Exit codes: 0 the first up would pass, 1 it would not, 2 the check could not be made. More: docs/doctor.md`;

const project = join(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readCommandLine(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: {
      stack: { type: "string", short: "s" },
      "validate-account": { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || positionals[0] !== "palette" || positionals.length > 1) {
    (values.help ? process.stdout : process.stderr).write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const stack = await describedStack(stackNamed(values.stack));
  const palette = await stack.key("palette");
  if (palette === undefined) throw missingKey(stack.datacenter.name, "palette");
  const { address, question } = describedTenant(
    stack.datacenter,
    { palette, maas: await stack.key("maas") },
    values["validate-account"],
    project,
  );
  const survey = await surveyTenant(address, question);
  if (!survey.projects.ok && survey.projects.cause !== "refused") throw new Error(survey.projects.reason);
  const findings = tenantFindings(stack.datacenter, survey, Date.now());
  const shown = values.quiet
    ? findings.filter(({ outcome }) => outcome === "error" || outcome === "warning")
    : findings;
  process.stdout.write([...shown.map(findingLine), summaryLine(findings)].map((line) => `${line}\n`).join(""));
  return findings.some(({ outcome }) => outcome === "error") ? 1 : 0;
}

runCommand(main, 2);
