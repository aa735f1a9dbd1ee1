import * as pulumi from "@pulumi/pulumi";
import type { Datacenter } from "../description/datacenter";
import { formatProblems } from "../description/problem";
import { readDatacenter } from "../description/read-datacenter";
import { formatFinding, preflight } from "../preflight/preflight";
import { neededSecrets } from "../preflight/rules/secrets";
import { lookAtSite, type SiteView } from "./look-at-site";
import { plaintextSecrets } from "./plaintext-secrets";
import { stackSecrets, type StackSecrets } from "./secrets";

/** A description that passed the preflight, with all that the program needs besides it. */
export interface CheckedDatacenter {
  datacenter: Datacenter;
  secrets: StackSecrets;
  view: SiteView;
}

/**
 * Reads the stack's description, looks at the site and runs the preflight. Warnings are logged.
 *
 * @throws RunError (which the engine prints without a stack trace) with everything that is wrong, before anything is touched.
 */
export async function checkedDatacenter(): Promise<CheckedDatacenter> {
  const datacenter = described();
  const secrets = stackSecrets(
    datacenter.name,
    neededSecrets(datacenter).map(({ key }) => key),
  );
  const view = await lookAtSite(datacenter, { maas: secrets.maasApiKey, palette: secrets.paletteApiKey });
  if (view.refused.length > 0) throw new pulumi.RunError(view.refused.join("\n"));
  await tellBlindness(view);
  for (const warning of view.maas?.warnings ?? []) await pulumi.log.warn(warning);
  const inStack = secrets.keys.filter((key) => secrets.get(key) !== undefined);
  const report = preflight(datacenter, {
    secrets: secrets.keys,
    plaintextSecrets: plaintextSecrets(inStack),
    facts: view.facts,
  });
  for (const warning of report.warnings) await pulumi.log.warn(formatFinding(warning));
  if (report.errors.length > 0) {
    const lines = report.errors.map((finding) => `  - ${formatFinding(finding)}`);
    throw new pulumi.RunError(`The datacenter cannot be built as described; nothing was touched:\n${lines.join("\n")}`);
  }
  return { datacenter, secrets, view };
}

function described(): Datacenter {
  const input = new pulumi.Config("vmo-metal").getObject<unknown>("datacenter");
  if (input === undefined) {
    throw new pulumi.RunError(
      `Stack "${pulumi.getStack()}" has no vmo-metal:datacenter. Describe the datacenter in Pulumi.${pulumi.getStack()}.yaml; ` +
        "stacks/examples/ has complete ones, docs/configuration.md lists every setting.",
    );
  }
  const reading = readDatacenter(input);
  if (!reading.ok) throw new pulumi.RunError(formatProblems(reading.problems));
  for (const { path, message } of reading.notes) void pulumi.log.info(`vmo-metal:datacenter.${path}: ${message}`);
  return reading.datacenter;
}

/** A preview without the datacenter in reach still says what would change; an update would fail half way, so it does not begin. */
async function tellBlindness(view: SiteView): Promise<void> {
  if (view.blind.length === 0) return;
  const reasons = view.blind.join("\n");
  if (!pulumi.runtime.isDryRun())
    throw new pulumi.RunError(`The datacenter cannot be reached; nothing was touched:\n${reasons}`);
  await pulumi.log.warn(
    `This preview is blind: what depends on the state of the datacenter was not checked.\n${reasons}`,
  );
}
