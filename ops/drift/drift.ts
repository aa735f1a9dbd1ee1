import { canApply, type Changes, formatChanges, readChanges } from "../../providers/maas/machine-state/changes";
import type { ReportedFinding } from "../../stacks/run-report/run-report";
import { type Drifted, type DriftReport, EXIT_CODES, type FieldDifference, type Outcome } from "./document";
import { fieldDifferences } from "./field-differences";
import type { PreviewDigest, PreviewStep } from "./preview-digest";
import { byPlace, identityOf, typeOf } from "./resource-identity";
import type { StackCheck } from "./stack-check";
import { unreadOf } from "./unread";

/** Steps of a preview that change nothing. */
const idle = new Set(["same", "refresh", "read", "read-discard", "discard-replaced", "refresh-drop"]);
/** Parts of a replacement, of which the step `replace` tells the whole. */
const partial = new Set(["create-replacement", "delete-replaced", "read-replacement", "remove-pending-replace"]);

/** How a stack stands against its description. Pure. */
export function driftReport(check: StackCheck): DriftReport {
  const { stack, time, digest, run } = check;
  const { steps, diagnostics } = digest;
  const refreshed = new Map(steps.filter(({ op }) => op === "refresh").map((step) => [step.urn, step]));
  const drifted = steps
    .filter(({ op }) => !idle.has(op) && !partial.has(op))
    .map((step) => driftedOf(step, refreshed.get(step.urn)))
    .sort(byPlace);
  const unread = unreadOf(check);
  const notRead = unread.filter(({ operation }) => operation === "read").length;
  const root = steps.find(({ urn }) => typeOf(urn) === "pulumi:pulumi:Stack");
  const findings = (run?.findings ?? []).map((finding) => ({ ...finding, counts: counts(finding) }));
  const unavailable = run?.unavailable ?? [];
  const error = check.error ?? run?.ended ?? null;
  const outcome = outcomeOf({ drift: check.drift, error, findings, unread, unavailable });
  return {
    ...{ version: 1, stack, datacenter: run?.datacenter ?? null, time, outcome, exitCode: EXIT_CODES[outcome], error },
    complete: error === null && unread.length === 0 && unavailable.length === 0,
    read: Math.max(0, refreshed.size - notRead),
    ...{ drifted, findings, unread, unavailable },
    messages: messagesOf(diagnostics),
    pending: pendingOf(root?.oldState?.outputs),
    effects: run?.effects ?? [],
  };
}

/** What was logged, errors first, each once: providers log the same for each of their resources. */
function messagesOf(diagnostics: PreviewDigest["diagnostics"]): DriftReport["messages"] {
  const all = diagnostics
    // The engine puts the severity before what a provider logs.
    .map(({ severity, message }) => ({ severity, text: message.trim().replace(/^(warning|error): /, "") }))
    .filter(({ text }) => text !== "")
    .sort((one, other) => severityRank(one.severity) - severityRank(other.severity));
  return [...new Map(all.map((one) => [`${one.severity} ${one.text}`, one])).values()];
}

/**
 * Whether a finding alone makes the outcome `drift`: every error, and a warning about the site, unless the description silences it. A warning about
 * the description alone was there when the change was reviewed; nothing in the datacenter caused it.
 */
function counts({ severity, tier, silenced }: ReportedFinding): boolean {
  return silenced === null && (severity === "error" || tier === "site");
}

/** The most urgent of what a check found: a key that must be set, an API that was not read, a comparison without an end, drift. */
function outcomeOf(
  found: Pick<DriftReport, "error" | "findings" | "unread" | "unavailable"> & Pick<StackCheck, "drift">,
): Outcome {
  const causes = [...found.unavailable, ...found.unread].map(({ cause }) => cause);
  if (causes.includes("refused")) return "refused";
  if (causes.includes("unreachable")) return "unreachable";
  if (found.error !== null || causes.includes("unsupported")) return "failed";
  const isDrift = found.drift || causes.length > 0 || found.findings.some((finding) => finding.counts);
  return isDrift ? "drift" : "clean";
}

function driftedOf(step: PreviewStep, refresh: PreviewStep | undefined): Drifted {
  const { urn, op, oldState, newState } = step;
  const named = identityOf(urn);
  if (op === "create") {
    const state = refresh === undefined ? "not made yet" : "gone";
    return { ...named, state, up: refresh === undefined ? "makes it" : "makes it again", fields: [] };
  }
  if (op === "delete") return { ...named, state: "no longer described", up: "deletes it", fields: [] };
  const found = oldState?.inputs ?? {};
  // What a refresh does not read (a provider's own settings) is as the last up left it.
  const applied = refresh === undefined ? found : (refresh.oldState?.inputs ?? {});
  const fields = fieldDifferences(found, newState?.inputs ?? {}, applied);
  const changes = readChanges(newState?.inputs?.["changes"]) ?? { when: "now", reason: "" };
  return {
    ...named,
    state: changes.when === "onRepave" ? "pending until repave" : "differs",
    up: op === "update" ? updateText(changes) : "REPLACES it",
    fields: fields.length > 0 ? fields : hiddenDifferences(step),
  };
}

/** The effect of an update on a host's network or storage layout, which depends on the machine's state. */
function updateText(changes: Changes): string {
  if (changes.when === "now") return "sets it as described";
  const when = formatChanges(changes);
  return canApply(changes) ? `sets it as described (${when})` : `only records the change (${when})`;
}

/** What differs only in secrets, which a preview masks: the field's name, without the values. */
function hiddenDifferences({ detailedDiff }: PreviewStep): FieldDifference[] {
  const paths = Object.keys(detailedDiff ?? {});
  return (paths.length > 0 ? paths : ["a secret"]).map((path) => ({
    path,
    found: "another value",
    described: "not shown",
    cause: "datacenter",
  }));
}

function pendingOf(outputs: Readonly<Record<string, unknown>> | undefined): string[] {
  const pending = outputs?.["pending"];
  return Array.isArray(pending) ? pending.filter((line) => typeof line === "string") : [];
}

function severityRank(severity: string): number {
  return ["error", "warning"].includes(severity) ? ["error", "warning"].indexOf(severity) : 2;
}
