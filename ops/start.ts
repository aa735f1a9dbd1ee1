import { visible } from "../text/visible";
import { startLab, type LabAddresses } from "../lab/lab";
import type { Datacenter } from "../stacks/description/datacenter";
import { formatFinding, preflight } from "../stacks/preflight/preflight";
import { lookAtSite } from "../stacks/program/look-at-site";
import { readCommandLine } from "./command-line";
import { labSecrets, pulumi, pulumiJson } from "./pulumi";
import { describedStack } from "./stack/described-stack";
import { runCommand } from "./run-command";
import { labStack } from "./stack-name";
import { type StackOutputs, startSummary } from "./start/summary";
import type { StateResource } from "./start/resource-counts";

const USAGE = `usage: npm start
  Sets up what is missing, starts the lab, runs pulumi up on stack dev and ends with a summary. It has no options.
  Another stack: npm run pulumi -- up --stack NAME. Settings of the lab: npm run lab -- help`;

/**
 * `npm start`: the lab, then `pulumi up` on stack `dev`, then a summary.
 *
 * @returns the engine's exit code
 */
async function start(args: readonly string[]): Promise<number> {
  const { values } = readCommandLine(USAGE, {
    args: [...args],
    options: { help: { type: "boolean", default: false } },
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const begun = Date.now();
  say("Lab: starting a datacenter in a box (MAAS, Palette, Kubernetes) …");
  const lab = await startLab();
  say(`Lab: ready in ${lab.folder}. MAAS ${lab.maasUrl}, Palette ${lab.paletteUrl}`);
  say("Engine: pulumi up --stack dev; from bare metal to VM templates in about two minutes, less when they are there.");
  // What `PULUMI_STACK` says is of no interest here: this command is about the lab.
  const stack = ["--stack", labStack];
  const code = await pulumi(["up", "--yes", "--skip-preview", "--suppress-outputs", ...stack]);
  if (code !== 0) {
    say(
      `The engine ended with exit code ${code}; its message above says why. What was built stays, and npm start goes on from there.`,
    );
    return code;
  }
  const seconds = (Date.now() - begun) / 1000;
  const state = await pulumiJson(["stack", "export", ...stack]);
  const outputs = await pulumiJson(["stack", "output", "--json", ...stack]);
  const history = await pulumiJson(["stack", "history", "--json", "--page-size", "1", "--page", "1", ...stack]);
  const { datacenter } = await describedStack(labStack);
  say(
    startSummary({
      datacenter,
      resources: (state as { deployment: { resources?: StateResource[] } }).deployment.resources ?? [],
      outputs: outputs as StackOutputs,
      changes: (history as { resourceChanges?: Record<string, number> }[])[0]?.resourceChanges ?? {},
      seconds,
      addresses: { maas: lab.maasUrl, palette: lab.paletteUrl },
      warnings: await remainingWarnings(datacenter, lab),
    }),
  );
  return 0;
}

/** The preflight once more, now that all is built. */
async function remainingWarnings(datacenter: Datacenter, lab: LabAddresses): Promise<string[]> {
  const view = await lookAtSite(datacenter, { maas: lab.maasApiKey, palette: lab.paletteApiKey });
  const secrets = [...labSecrets, "maasApiKey", "paletteApiKey"];
  return preflight(datacenter, { secrets, facts: view.facts }).warnings.map(formatFinding);
}

function say(text: string): void {
  process.stdout.write(visible(`${text}\n`));
}

runCommand(start, 1);
