import { canApply, type Changes, formatChanges, readChanges } from "../../providers/maas/machine-state/changes";
import { type FieldDifference, fieldDifferences } from "./field-differences";
import type { PreviewDigest, PreviewStep } from "./preview-digest";

/** How a resource stands against its description. */
export type DriftState = "differs" | "gone" | "not made yet" | "no longer described" | "pending until repave";

/** A resource that is not as described. */
export interface Drifted {
  /** Where it is: `MAAS`, `Palette`, `Kubernetes`, or the engine's own name of another package. */
  readonly system: string;
  /** What it is: `HostNetwork`, `ClusterProfile`, `Secret`. */
  readonly kind: string;
  /** Its name in the stack. */
  readonly name: string;
  readonly state: DriftState;
  /** What an `up` would do about it, in words. */
  readonly up: string;
  readonly fields: readonly FieldDifference[];
}

/** How a whole stack stands against its description. */
export interface DriftReport {
  readonly stack: string;
  /** Resources that were read. */
  readonly read: number;
  /** What an `up` would change. */
  readonly drifted: readonly Drifted[];
  /** What waits for a repave since an earlier `up`: the host and what differs; an `up` changes nothing of it before. */
  readonly pending: readonly string[];
  /** What the program and its providers said, errors first. */
  readonly messages: readonly { readonly severity: string; readonly text: string }[];
}

/** Steps of a preview that change nothing. */
const idle = new Set(["same", "refresh", "read", "read-discard", "discard-replaced", "refresh-drop"]);
/** Parts of a replacement, of which the step `replace` tells the whole. */
const partial = new Set(["create-replacement", "delete-replaced", "read-replacement", "remove-pending-replace"]);

/** Reads a drift report out of `pulumi preview --refresh --json`. Pure. */
export function driftReport(stack: string, { steps, diagnostics }: PreviewDigest): DriftReport {
  const refreshed = new Map(steps.filter(({ op }) => op === "refresh").map((step) => [step.urn, step]));
  const drifted = steps
    .filter(({ op }) => !idle.has(op) && !partial.has(op))
    .map((step) => driftedOf(step, refreshed.get(step.urn)))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, "en", { numeric: true }));
  const root = steps.find(({ urn }) => typeOf(urn) === "pulumi:pulumi:Stack");
  const messages = diagnostics
    .map(({ severity, message }) => ({ severity, text: message.trim() }))
    .filter(({ text }) => text !== "")
    .sort((one, other) => severityRank(one.severity) - severityRank(other.severity));
  return { stack, read: refreshed.size, drifted, pending: pendingOf(root?.oldState?.outputs), messages };
}

function driftedOf(step: PreviewStep, refresh: PreviewStep | undefined): Drifted {
  const { urn, op, oldState, newState } = step;
  const named = { ...kindOf(typeOf(urn)), name: urn.slice(urn.lastIndexOf("::") + 2) };
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

/** The type in a URN: the last of the types from the root to the resource. */
function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

const systems: readonly (readonly [start: string, system: string])[] = [
  ["pulumi-nodejs:dynamic/maas:", "MAAS"],
  ["pulumi-nodejs:dynamic/palette:", "Palette"],
  ["pulumi-nodejs:dynamic/virtualization:", "Kubernetes"],
  ["kubernetes:", "Kubernetes"],
  ["pulumi:", "Pulumi"],
];

function kindOf(type: string): { system: string; kind: string } {
  const system = systems.find(([start]) => type.startsWith(start))?.[1] ?? type.split(":")[0] ?? type;
  const kind = type.split(":").at(-1) ?? type;
  return { system, kind: type.startsWith("pulumi:providers:") ? `provider ${kind}` : kind };
}

function rank({ system, kind }: Drifted): number {
  const place = ["MAAS", "Palette", "Kubernetes"].indexOf(system);
  return (place < 0 ? 3 : place) * 2 + (kind === "HostNetwork" ? 1 : 0);
}

function severityRank(severity: string): number {
  return ["error", "warning"].includes(severity) ? ["error", "warning"].indexOf(severity) : 2;
}
