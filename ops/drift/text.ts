import type { FieldDifference } from "./field-differences";
import type { Drifted, DriftReport } from "./drift";
import { labStack } from "../stack-name";

/** The longest value that a line shows; the page shows it whole. */
const LONGEST = 120;

/** A drift report for a terminal or a log: a line for each resource and each field. Pure. */
export function driftText(report: DriftReport): string {
  const { stack, drifted, pending, messages } = report;
  return [
    ...messages
      .filter(({ severity }) => !severity.startsWith("info"))
      .map(({ severity, text }) => `${severity}: ${text}`),
    ...drifted.flatMap(lines),
    ...pending.map((line) => `pending until repave  ${line}`),
    summary(stack, report),
  ].join("\n");
}

/** How many resources are as described, and how many not. */
function summary(stack: string, { read, drifted, pending }: DriftReport): string {
  const waiting = pending.length === 0 ? "" : `; pending until repave: ${pending.length}`;
  if (drifted.length === 0) return `Datacenter ${stack}: no drift in ${read} resources${waiting}.`;
  const states = [...new Set(drifted.map(({ state }) => state))];
  const counts = states.map((state) => `${drifted.filter((one) => one.state === state).length} ${state}`);
  return `Datacenter ${stack}: ${drifted.length} of ${read} resources not as described (${counts.join(", ")})${waiting}.`;
}

/** The command that sets what drifted as described. */
export function healingCommand(stack: string): string {
  const which = stack === labStack ? "" : ` --stack ${stack}`;
  return `npm run pulumi -- up --refresh --run-program${which}`;
}

function lines({ system, kind, name, state, up, fields }: Drifted): string[] {
  return [`${system} ${kind} ${name}: ${state}; an up ${up}`, ...fields.map(fieldLine)];
}

function fieldLine({ path, found, described, cause }: FieldDifference): string {
  const who = cause === "datacenter" ? "" : `   (${causeText(cause)})`;
  return `    ${path}: found ${short(found)}, described ${short(described)}${who}`;
}

/** Who changed a field since the last `up`, in words. */
export function causeText(cause: FieldDifference["cause"]): string {
  switch (cause) {
    case "datacenter":
      return "changed in the datacenter";
    case "description":
      return "the description changed since the last up";
    case "both":
      return "changed in the datacenter, and the description too";
  }
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
