import { visibleLine } from "../../text/visible";

/** What came of a check: `unchecked` is what cannot be found out by reading. */
export type Outcome = "ok" | "warning" | "error" | "unchecked";

/** One row of the doctor. */
export interface Finding {
  readonly outcome: Outcome;
  /** Code of the rule: of the doctor (`PAL...`, docs/doctor.md) or of the preflight (`SIT...`, docs/preflight.md). */
  readonly code: string;
  /** Where: a path of the stack file, or a profile and its layer. */
  readonly where: string;
  /** What is there. */
  readonly message: string;
  /** What to do; empty where nothing is to be done, or the message states it. */
  readonly fix: string;
}

/** A row. */
export function finding(outcome: Outcome, code: string, where: string, message: string, fix = ""): Finding {
  return { outcome, code, where, message, fix };
}

/** A row as one line: `error      PAL007 profile X 1.0.0, layer Y: what. Fix.` */
export function findingLine({ outcome, code, where, message, fix }: Finding): string {
  const end = fix === "" ? "" : `. ${fix}`;
  return visibleLine(`${outcome.padEnd(9)}  ${code}  ${where}: ${message.replace(/\.$/, "")}${end}`);
}

/** How many checks had which outcome, in one line. */
export function summaryLine(findings: readonly Finding[]): string {
  const count = (outcome: Outcome): number => findings.filter((one) => one.outcome === outcome).length;
  return `${findings.length} checked: ${count("error")} errors, ${count("warning")} warnings, ${count("unchecked")} cannot be checked by reading`;
}
