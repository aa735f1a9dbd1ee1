import { z } from "zod";
import { visibleJson } from "../text/visible";

/** What is wrong with a text, as a predicate that follows the quoted text and ends in the fix; undefined when nothing is. */
export type ProblemOf = (text: string) => string | undefined;

/** The longest value that a message shows, in characters. */
const SHOWN_CHARACTERS = 60;

/** A value as a message shows it: as JSON on one line, with invisible characters written out, shortened to 60 characters. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : visibleJson(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 3)}...` : text;
}

/**
 * A text that a problem function accepts. The message of a refused one shows the text, the rule and the fix.
 *
 * @param pattern what editors check: at least all that the function accepts; absent: nothing
 */
export function checkedText(
  problemOf: ProblemOf,
  description?: string,
  examples: readonly string[] = [],
  pattern?: RegExp,
) {
  return z
    .string()
    .superRefine((text, context) => {
      const problem = problemOf(text);
      if (problem !== undefined) context.addIssue({ code: "custom", message: `${shown(text)} ${problem}` });
    })
    .meta({
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
      ...(description === undefined ? {} : { description }),
      ...(examples.length === 0 ? {} : { examples: [...examples] }),
    });
}

/** A text that matches a pattern; the pattern also goes to the JSON Schema. `rule` says in words what it wants. */
export function patternText(pattern: RegExp, rule: string, description: string, examples: readonly string[]) {
  return z
    .string()
    .regex(pattern, { error: (issue) => `${shown(issue.input)} ${rule}` })
    .meta({ description, examples: [...examples] });
}
