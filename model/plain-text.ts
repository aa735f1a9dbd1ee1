import { visibleLine } from "../text/visible";
import { checkedText } from "./checked-text";

/** Whether a text has characters that are not seen: control characters, line breaks, marks of direction, halves of surrogate pairs. */
function hasInvisible(text: string): boolean {
  return visibleLine(text) !== text;
}

/** Why a text cannot stand on a line of its own: it is empty, begins or ends with white space, or has characters that are not seen. */
export function lineProblem(text: string): string | undefined {
  if (text === "") return "is empty: leave the setting out, or give it a text";
  if (hasInvisible(text)) return "has a line break or another invisible character: write it on one line, without them";
  return text.trim() === text ? undefined : "begins or ends with white space: take it out";
}

/** As {@link lineProblem}, for a text that ends up in a layer of a cluster profile, where Palette replaces its macros. */
export function layerTextProblem(text: string): string | undefined {
  return lineProblem(text) ?? macroProblem(text);
}

/** Why Palette would not leave a text as it is. */
export function macroProblem(text: string): string | undefined {
  return text.includes("{{") ? 'has "{{", which begins a macro of Palette: write it without' : undefined;
}

/** Why a text of one or more lines cannot be kept as it is: it has invisible characters besides line breaks and tabs. */
export function linesProblem(text: string): string | undefined {
  return hasInvisible(text.replaceAll(/[\n\t]/g, ""))
    ? "has invisible characters besides line breaks and tabs: take them out"
    : undefined;
}

/** A text on one line, without characters that are not seen. */
export const lineField = (description: string, examples: readonly string[] = []) =>
  checkedText(lineProblem, description, examples);

/** A {@link lineField} whose value ends up in a layer of a cluster profile. */
export const layerTextField = (description: string, examples: readonly string[] = []) =>
  checkedText(layerTextProblem, description, examples);

/** A text that may have several lines, or none. */
export const linesField = (description: string) => checkedText(linesProblem, description);
