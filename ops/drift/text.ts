import { visible, visibleLine } from "../../text/visible";
import type { CountedFinding, Drifted, DriftReport, FieldDifference, Unread } from "./document";
import { labStack } from "../stack-name";

/** The longest value that a line shows; the page shows it whole. */
const LONGEST = 120;

/** A drift report for a terminal or a log: a line for each finding, each resource and each field. Pure. */
export function driftText(report: DriftReport): string {
  const { stack, error, drifted, findings, unread, unavailable, pending, messages } = report;
  const text = [
    ...(error === null ? [] : [`The comparison did not come to its end: ${error}`]),
    ...unavailable.map(({ api, cause, reason }) => `${api} ${cause}: ${reason}`),
    ...findings.filter(({ silenced }) => silenced === null).map(findingText),
    ...messages
      .filter(({ severity }) => !severity.startsWith("info") && (error === null || severity !== "error"))
      .map(({ severity, text }) => `${severity}: ${text}`),
    ...drifted.flatMap(lines),
    ...unreadLines(unread, unavailable),
    ...pending.map((line) => `pending until repave  ${line}`),
    summary(stack, report),
  ];
  return text.map(visible).join("\n");
}

/** A finding as one line: `SIT005 error vmo-metal:datacenter.hosts...: what. Fix.` */
export function findingText({ code, severity, path, message, fix }: CountedFinding): string {
  const end = fix === "" ? "" : `. ${fix}`;
  return visibleLine(`${code} ${severity} ${path}: ${message.replace(/\.$/, "")}${end}`);
}

/** Resources that were not read, a line for each reason; why a whole API was not read stands at the top already. */
function unreadLines(unread: readonly Unread[], unavailable: DriftReport["unavailable"]): string[] {
  const groups = new Map<string, string[]>();
  for (const one of unread) {
    const known = unavailable.some(({ api, cause }) => api === one.system && cause === one.cause);
    const why = `${unreadText(one)}${known ? "" : `: ${one.reason}`}`;
    const key = JSON.stringify([one.system, why]);
    groups.set(key, [...(groups.get(key) ?? []), `${one.kind} ${one.name}`]);
  }
  return [...groups].map(([key, [first = "", ...more]]) => {
    const [system, why] = JSON.parse(key) as [string, string];
    const others = more.length === 0 ? "" : ` and ${more.length} more resources`;
    return visibleLine(`${system} ${first}${others}: ${why}`);
  });
}

/** What could not be done with a resource, in words. */
export function unreadText({ operation, cause }: Unread): string {
  const failed = { read: "not read", diff: "not compared", check: "not valid" }[operation];
  return cause === "failed" ? failed : `${failed} (${cause})`;
}

/** How many resources are as described, and how many not. */
function summary(stack: string, report: DriftReport): string {
  const { read, drifted, findings, unread, pending } = report;
  const counted = findings.filter(({ counts }) => counts).length;
  const notRead = new Set(unread.map(({ kind, name }) => `${kind} ${name}`)).size;
  const more = [
    ...(counted === 0 ? [] : [`findings: ${counted}`]),
    ...(notRead === 0 ? [] : [`not read: ${notRead}`]),
    ...(pending.length === 0 ? [] : [`pending until repave: ${pending.length}`]),
  ]
    .map((one) => `; ${one}`)
    .join("");
  if (drifted.length === 0) return `Datacenter ${stack}: no drift in ${read} resources${more}.`;
  const states = [...new Set(drifted.map(({ state }) => state))];
  const counts = states.map((state) => `${drifted.filter((one) => one.state === state).length} ${state}`);
  return `Datacenter ${stack}: ${drifted.length} of ${read} resources not as described (${counts.join(", ")})${more}.`;
}

/** The command that sets what drifted as described. */
export function healingCommand(stack: string): string {
  const which = stack === labStack ? "" : ` --stack ${stack}`;
  return `npm run pulumi -- up --refresh --run-program${which}`;
}

function lines({ system, kind, name, state, up, fields }: Drifted): string[] {
  return [visibleLine(`${system} ${kind} ${name}: ${state}; an up ${up}`), ...fields.map(fieldLine)];
}

function fieldLine({ path, found, described, cause }: FieldDifference): string {
  const who = cause === "datacenter" ? "" : `   (${causeText(cause)})`;
  return visibleLine(`    ${path}: found ${short(found)}, described ${short(described)}${who}`);
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
