import * as pulumi from "@pulumi/pulumi";
import { withObservedZones } from "../derived/host-zones";
import { effectLines, reportedEffects, siteEffects } from "../derived/site-effects";
import { siteFabricName } from "../derived/site-fabric";
import type { Datacenter } from "../description/datacenter";
import { formatProblems, fullPath, type Problem } from "../description/problem";
import { readDatacenter } from "../description/read-datacenter";
import { formatFinding, preflight } from "../preflight/preflight";
import { neededSecrets } from "../preflight/rules/secrets";
import type { ReportedFinding, UnavailableApi } from "../run-report/run-report";
import { lookAtSite, type SiteView } from "./look-at-site";
import { reportHostLife } from "./host-life";
import { plaintextSecrets } from "./plaintext-secrets";
import { type PreviousResource, readPreviousState, recordedObjects } from "./previous-state";
import { type RunReport, reportedFinding } from "./run-report";
import { unknownTypesProblem } from "./same-object";
import { servedKinds } from "../../providers/registry";
import { stackFileTrapText } from "./stack-file";
import { stackSecrets, type StackSecrets } from "./secrets";
import { log } from "./log";

/** A description that passed the preflight, with all that the program needs besides it. */
export interface CheckedDatacenter {
  datacenter: Datacenter;
  secrets: StackSecrets;
  view: SiteView;
  /** What the stack's state held when the run began; null under an engine that does not tell. */
  previous: readonly PreviousResource[] | null;
  /** What the run reports to other programs; whoever finds something out adds it. */
  report: RunReport;
}

/**
 * Reads the stack's description, observes the site and runs the preflight. Warnings are logged. Where findings are reported (a drift check), errors
 * of the preflight, refused keys and an unreachable site are added to the report, and the run goes on.
 *
 * @throws RunError (which the engine prints without a stack trace) with everything that is wrong, before anything is touched.
 */
export async function checkedDatacenter(report: RunReport): Promise<CheckedDatacenter> {
  const asDescribed = described(report);
  report.describes(asDescribed.name);
  const secrets = stackSecrets(
    asDescribed.name,
    neededSecrets(asDescribed).map(({ key }) => key),
  );
  const previous = await knownState();
  const recorded = recordedObjects(previous);
  const keys = { maas: secrets.maasApiKey, palette: secrets.paletteApiKey };
  const view = await lookAtSite(asDescribed, keys, recorded);
  report.add({ unavailable: [...view.unavailable] });
  if (!report.tolerant) await refuseUnavailable(view);
  for (const warning of view.maas?.warnings ?? []) await log.warn(warning);
  const datacenter = onSite(asDescribed, view);
  const inStack = secrets.keys.filter((key) => secrets.get(key) !== undefined);
  const { errors, warnings, silenced } = preflight(datacenter, {
    secrets: secrets.keys,
    plaintextSecrets: plaintextSecrets(inStack),
    facts: view.facts,
  });
  report.add({
    findings: [
      ...warnings.map((finding) => reportedFinding(finding)),
      ...silenced.map((finding) => reportedFinding(finding, finding.reason)),
    ],
  });
  // Where findings are reported, a warning is a row of the report, not a line of the log as well.
  if (!report.tolerant) for (const warning of warnings) await log.warn(formatFinding(warning));
  if (errors.length > 0) {
    const lines = errors.map((finding) => `  - ${formatFinding(finding)}`);
    report.refuse(
      `The datacenter cannot be built as described; nothing was touched:\n${lines.join("\n")}`,
      errors.map((finding) => reportedFinding(finding)),
    );
  }
  if (view.maas !== undefined && !report.tolerant) await reportHostLife(datacenter, view.maas.machines);
  const effects = siteEffects(view.maas?.forecasts ?? [], recorded);
  report.add({ effects: reportedEffects(effects) });
  if (pulumi.runtime.isDryRun() && !report.tolerant) for (const line of effectLines(effects)) await log.info(line);
  return { datacenter, secrets, view, previous, report };
}

/**
 * The state that this run begins with.
 *
 * @throws RunError when it is one that this version must not run on
 */
async function knownState(): Promise<readonly PreviousResource[] | null> {
  const previous = await readPreviousState();
  const problem = unknownTypesProblem(previous ?? [], servedKinds);
  if (problem !== undefined) throw new pulumi.RunError(problem);
  return previous;
}

/** The description with what it leaves to the site: the zones that hosts have, and the fabric under the name that it has, or gets, in MAAS. */
function onSite(described: Datacenter, { maas, known }: SiteView): Datacenter {
  const datacenter = maas === undefined ? described : withObservedZones(described, maas.machines);
  return { ...datacenter, fabric: { ...datacenter.fabric, name: siteFabricName(datacenter, known) } };
}

function described(report: RunReport): Datacenter {
  const input = new pulumi.Config("vmo-metal").getObject<unknown>("datacenter");
  if (input === undefined) {
    throw new pulumi.RunError(
      `Stack "${pulumi.getStack()}" has no vmo-metal:datacenter. Describe the datacenter in Pulumi.${pulumi.getStack()}.yaml; ` +
        "stacks/examples/ has complete ones, docs/configuration.md lists every setting.",
    );
  }
  const traps = stackFileTrapText(input);
  if (traps !== undefined) {
    report.add({ findings: traps.split("\n").map((message) => problemFinding({ path: "", message })) });
    throw new pulumi.RunError(`The stack file is read differently from how it is written:\n${traps}`);
  }
  const reading = readDatacenter(input);
  if (!reading.ok) {
    // Without a description there is no graph, so this ends a run that reports findings too.
    report.add({ findings: reading.problems.map(problemFinding) });
    throw new pulumi.RunError(formatProblems(reading.problems));
  }
  for (const { path, message } of reading.notes) void log.info(`vmo-metal:datacenter.${path}: ${message}`);
  return reading.datacenter;
}

/** A problem of the description as the report states it; its message holds the fix. */
function problemFinding({ path, message }: Problem): ReportedFinding {
  const common = { tier: "description", severity: "error", host: null, silenced: null } as const;
  return { ...common, code: "description", path: fullPath(path), message, fix: "" };
}

/** A preview without the datacenter in reach still states what would change; an update would fail half way, so it does not begin. */
async function refuseUnavailable({ unavailable }: SiteView): Promise<void> {
  const reasons = (...causes: UnavailableApi["cause"][]): string =>
    unavailable
      .filter(({ cause }) => causes.includes(cause))
      .map(({ reason }) => reason)
      .join("\n");
  const [refused, blind] = [reasons("refused", "unsupported"), reasons("unreachable", "failed")];
  if (refused !== "") throw new pulumi.RunError(refused);
  if (blind === "") return;
  if (!pulumi.runtime.isDryRun())
    throw new pulumi.RunError(`The datacenter cannot be reached; nothing was touched:\n${blind}`);
  await log.warn(`This preview is blind: what depends on the state of the datacenter was not checked.\n${blind}`);
}
