import type { z } from "zod";
import { visible } from "../../text/visible";
import type { Connection, Failure, ResourceKind } from "./kind";
import { type PlainObject, containsUnknown } from "./plain";

/** Inputs after defaults and normalisation, and all that is wrong with them. */
export interface Checked {
  inputs: Record<string, unknown>;
  failures: Failure[];
}

/**
 * Checks a resource's inputs property by property. A value that is not known yet is passed on as it is; the others are parsed, so
 * that a preview shows their defaults and finds their mistakes. Rules over several inputs run when all are known and valid.
 */
export function checkProperties<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
  olds: PlainObject,
  news: PlainObject,
): Checked {
  const inputs: Record<string, unknown> = {};
  const failures: Failure[] = [];
  const informative: readonly string[] = kind.informative ?? [];
  let unknown = false;
  let unsettled = false;
  for (const [property, type] of Object.entries<z.ZodType>(kind.schema)) {
    const value = news[property] ?? undefined;
    if (containsUnknown(value)) {
      unknown = true;
      unsettled ||= !informative.includes(property);
      inputs[property] = value;
      continue;
    }
    const parsed = type.safeParse(value);
    if (parsed.success) inputs[property] = parsed.data;
    else failures.push(...parsed.error.issues.map((issue) => failureOf(property, issue)));
  }
  const former = Object.keys(olds).length === 0 ? undefined : (olds as Partial<Inputs>);
  if (kind.held?.(inputs as Partial<Inputs>) === true && former !== undefined) {
    // What informs the reader is replaced, unless nothing was observed this time.
    const isNew = (property: string): boolean => informative.includes(property) && (inputs[property] ?? null) !== null;
    const kept = Object.entries(olds).filter(([property]) => property in inputs && !isNew(property));
    return { inputs: { ...inputs, ...Object.fromEntries(kept) }, failures };
  }
  if (unsettled || failures.length > 0) return { inputs, failures };
  if (!unknown) failures.push(...(kind.checkTogether?.(inputs as Inputs, former) ?? []));
  const settled = kind.settle?.(inputs as Inputs, former) as Record<string, unknown> | undefined;
  return { inputs: settled ?? inputs, failures };
}

function failureOf(property: string, issue: z.core.$ZodIssue): Failure {
  return { property: [property, ...issue.path.map(String)].join("."), reason: visible(issue.message) };
}
