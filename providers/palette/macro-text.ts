import { parse } from "yaml";

const macro = /\{\{[^{}]*\}\}/g;

/**
 * Changes YAML that may hold Palette's macros, such as `replicas: {{.spectro.var.replicas}}`: without quotes YAML reads one as a map and would
 * write it in another way. For the change a word stands for each; what the change itself puts in is left as it is.
 */
export function withMacrosKept(text: string, change: (text: string) => string): string {
  const macros: string[] = [];
  const covered = text.replaceAll(macro, (found) => `vmo-metal-macro-${macros.push(found) - 1}-`);
  return change(covered).replaceAll(/vmo-metal-macro-(\d+)-/g, (word, index: string) => macros[Number(index)] ?? word);
}

/**
 * Reads YAML that may hold Palette's macros, each of which is then a text, with or without quotes around it.
 *
 * @throws YAMLParseError for a text that is no YAML
 */
export function parseWithMacros(text: string): unknown {
  const macros: string[] = [];
  const covered = text.replaceAll(macro, (found) => `vmo-metal-macro-${macros.push(found) - 1}-`);
  return parse(covered, (_key, value: unknown) =>
    typeof value === "string"
      ? value.replaceAll(/vmo-metal-macro-(\d+)-/g, (word, index: string) => macros[Number(index)] ?? word)
      : value,
  );
}
