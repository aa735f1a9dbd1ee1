import { parse } from "yaml";

const macro = /\{\{[^{}]*\}\}/g;

/**
 * Changes YAML that may hold Palette's macros, such as `replicas: {{.spectro.var.replicas}}`: without quotes YAML reads one as a map and would
 * write it in another way. For the change a word stands for each; what the change itself puts in is left as it is.
 *
 * @param added texts that the change puts in: the words are chosen so that none of them stands there
 */
export function withMacrosKept(text: string, change: (text: string) => string, added: readonly string[] = []): string {
  const { covered, uncover } = coverMacros(text, added);
  return uncover(change(covered));
}

/**
 * Reads YAML that may hold Palette's macros, each of which is then a text, with or without quotes around it.
 *
 * @throws YAMLParseError for a text that is no YAML
 */
export function parseWithMacros(text: string): unknown {
  const { covered, uncover } = coverMacros(text, []);
  return parse(covered, (_key, value: unknown) => (typeof value === "string" ? uncover(value) : value));
}

/** Puts a word in the place of each macro. */
function coverMacros(text: string, others: readonly string[]): { covered: string; uncover: (text: string) => string } {
  let word = "vmo-metal-macro-";
  while ([text, ...others].some((taken) => taken.includes(word))) word += "x-";
  const macros: string[] = [];
  const covered = text.replaceAll(macro, (found) => `${word}${macros.push(found) - 1}-`);
  const words = new RegExp(`${word}(\\d+)-`, "g");
  const uncover = (changed: string): string =>
    changed.replaceAll(words, (found, index: string) => macros[Number(index)] ?? found);
  return { covered, uncover };
}
