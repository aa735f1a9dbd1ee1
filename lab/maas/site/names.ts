import type { Form } from "../server/form";

/** Names of pools, zones and VLANs: letters, digits, blanks, `-` and `_`, beginning with no blank or hyphen. */
export const MODEL_NAME = /^[\p{L}\p{N}_][ \p{L}\p{N}_-]*$/u;

/** Names of fabrics and spaces: ASCII letters, digits, `-` and `_`. */
export const WORD_NAME = /^[a-zA-Z0-9_-]+$/;

/** Names of subnets: also blanks, dots, colons and slashes. */
export const SUBNET_NAME = /^[.: \p{L}\p{N}_/-]+$/u;

/** Names of tags. */
export const TAG_NAME = /^[a-zA-Z0-9_-]+$/;

/** The rule of a name. */
export interface NameRule {
  maxLength: number;
  pattern: RegExp;
  /** Text when the pattern does not fit (default: Django's). */
  patternText?: (name: string) => string;
  /** A rule beyond the pattern: its text when broken. */
  check?: (name: string) => string | undefined;
  /** Names of the other records; absent when names need not be unique. */
  taken?: readonly string[];
  /** Model name in "<model> with this Name already exists." */
  model: string;
}

/** Notes the first broken rule of a name, in Django's order: length, pattern, own rule, uniqueness. */
export function checkName(form: Form, name: string | undefined, rule: NameRule): void {
  if (name === undefined || name === "") return;
  form.limitLength("name", name, rule.maxLength);
  if (form.failed("name")) return;
  const broken = rule.pattern.test(name) ? rule.check?.(name) : (rule.patternText?.(name) ?? "Enter a valid value.");
  if (broken !== undefined) form.add("name", broken);
  else if (rule.taken?.includes(name) === true) form.add("name", `${rule.model} with this Name already exists.`);
}
