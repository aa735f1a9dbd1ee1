import type { z } from "zod";
import { shown } from "../../model/checked-text";
import { didYouMean } from "./did-you-mean";
import { joinPath, type Problem } from "./problem";

type Issue = z.core.$ZodIssue;

/** The keys that an object of the description may have at a path; undefined where any key is allowed. */
export type KnownKeys = (path: readonly PropertyKey[]) => readonly string[] | undefined;

/** The value at a path of the description. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );
}

/** Turns what the schema found into problems that name path, value, rule and fix. */
export function explainIssue(
  issue: Issue,
  input: unknown,
  knownKeys: KnownKeys,
  base: readonly PropertyKey[] = [],
): Problem[] {
  const path = [...base, ...issue.path];
  const value = valueAt(input, path);
  const problem = (message: string): Problem[] => [{ path: joinPath(path), message }];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...path, key], knownKeys(path) ?? []));
    case "invalid_type":
      return problem(value === undefined ? missing(path) : wrongType(value, issue.expected));
    case "invalid_value":
      return problem(notOneOf(value, issue.values.map(String)));
    case "too_small":
      return problem(`${shown(value)} is too small: ${bound(issue.origin, "at least", Number(issue.minimum))}`);
    case "too_big":
      return problem(`${shown(value)} is too big: ${bound(issue.origin, "at most", Number(issue.maximum))}`);
    case "not_multiple_of":
      return problem(`${shown(value)} is not a multiple of ${issue.divisor}`);
    case "invalid_key":
      return problem(issue.issues[0]?.message ?? "is not a key that is allowed here");
    case "invalid_union":
      return explainUnion(issue, input, knownKeys, path);
    case "invalid_format":
    case "invalid_element":
    case "custom":
      return problem(issue.message);
  }
}

/** A value that fits no form: the problems of the form that it was closest to. */
function explainUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
  input: unknown,
  knownKeys: KnownKeys,
  path: readonly PropertyKey[],
): Problem[] {
  const value = valueAt(input, path);
  if (issue.errors.length === 0) {
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [{ path: joinPath(path), message: value === undefined ? missing(path) : notOneOf(value, options) }];
  }
  const fitting = issue.errors.find(
    (errors) => !errors.some((error) => error.path.length === 0 && isTypeMismatch(error)),
  );
  if (fitting === undefined) {
    const forms = issue.errors.flatMap((errors) =>
      errors.flatMap((error) => {
        if (error.code === "invalid_value") return error.values.map(String);
        return error.code === "invalid_type" ? [form(error.expected)] : [];
      }),
    );
    return [
      {
        path: joinPath(path),
        message:
          value === undefined
            ? missing(path)
            : `${shown(value)} does not belong here: write ${[...new Set(forms)].join(" or ")}`,
      },
    ];
  }
  return fitting.flatMap((error) => explainIssue(error, input, knownKeys, path));
}

function isTypeMismatch(issue: Issue): boolean {
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[]): Problem {
  const key = String(path.at(-1));
  const near = didYouMean(key, known);
  if (near === undefined && /key$|token|password|secret/i.test(key)) {
    return {
      path: joinPath(path),
      message: `secrets do not belong in the description: set them with "pulumi config set --secret vmo-metal:<name>" (docs/configuration.md lists the names)`,
    };
  }
  const fix = near === undefined ? `known here: ${[...known].sort().join(", ")}` : `did you mean "${near}"?`;
  return { path: joinPath(path), message: `there is no setting ${shown(key)} here: ${fix}` };
}

function missing(path: readonly PropertyKey[]): string {
  return `is missing: add "${String(path.at(-1))}"; it has no default`;
}

function wrongType(value: unknown, expected: string): string {
  if (expected === "string" && typeof value === "number") return `is the number ${value}: put it in quotes, "${value}"`;
  if (expected === "string" && typeof value === "boolean") return `is ${value}: put it in quotes, "${value}"`;
  if (
    typeof value === "string" &&
    (expected === "number" || expected === "int") &&
    value.trim() !== "" &&
    !Number.isNaN(Number(value))
  )
    return `is the text ${shown(value)}: write it without quotes`;
  if (typeof value === "string" && expected === "boolean")
    return `is the text ${shown(value)}: write true or false without quotes`;
  return `${shown(value)} does not belong here: write ${form(expected)}`;
}

function notOneOf(value: unknown, options: readonly string[]): string {
  const near = typeof value === "string" ? didYouMean(value, options) : undefined;
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return `${shown(value)} is not one of ${options.join(", ")}${hint}`;
}

function bound(origin: string, limit: string, number: number): string {
  if (origin === "array" || origin === "set") return `write ${limit} ${number} of them`;
  if (origin === "string") return `write ${limit} ${number} characters`;
  return `write ${limit} ${number}`;
}

function form(expected: string): string {
  const forms: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    object: "settings (key: value)",
    record: "settings (key: value)",
    array: "a list",
    null: "nothing",
  };
  return forms[expected] ?? expected;
}
