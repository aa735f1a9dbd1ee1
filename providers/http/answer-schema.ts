import type { z } from "zod";

/** Mismatches that one message lists. */
const shownIssues = 3;

/** Where and how a value differs from its schema: `[3] (worker-4): hostname: expected string, received null`. */
export function describeMismatch(error: z.ZodError, value: unknown): string {
  const shown = error.issues.slice(0, shownIssues).map((issue) => describeIssue(issue, value));
  const more = error.issues.length - shown.length;
  return `${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown): string {
  const rule = lowerFirst(issue.message.replace(/^Invalid input: /, ""));
  if (issue.path.length === 0) return `${kindOf(value)} came (${rule})`;
  return `${pathText(issue.path, value)}: ${rule}`;
}

/** A path in an answer; elements of lists with what names them. */
function pathText(path: readonly PropertyKey[], value: unknown): string {
  let current: unknown = value;
  let text = "";
  for (const part of path) {
    const isIndex = typeof part === "number";
    current = memberOf(current, part);
    text += isIndex ? `[${part}]${label(current)}` : `${text === "" ? "" : "."}${String(part)}`;
  }
  return text;
}

function memberOf(value: unknown, part: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
}

/** What an element of a list is called, in parentheses; nothing when it has no name. */
function label(value: unknown): string {
  const metadata = memberOf(value, "metadata");
  const names = [
    ...["hostname", "cidr", "fqdn", "name", "system_id", "uid", "id"].map((key) => memberOf(value, key)),
    memberOf(metadata, "name"),
  ];
  for (const name of names) {
    if ((typeof name === "string" && name !== "") || typeof name === "number") return ` (${String(name).slice(0, 60)})`;
  }
  return "";
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value !== "object") return `a ${typeof value}`;
  const members = Object.keys(value);
  return members.length === 0 ? "an empty object" : `an object with ${members.slice(0, 5).join(", ")}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
