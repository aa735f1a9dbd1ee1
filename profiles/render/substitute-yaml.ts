import { parseAllDocuments, Scalar, visit } from "yaml";
import { type Parameters, place, substitute } from "./substitute";
import { jsonText, yamlText } from "./yaml-text";

/** A piece of the text, and what takes its place. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/** What stands for a place while the text is parsed: a plain string, which `@{…}` is not. */
const cover = /vmo-metal-place-(\d+)-/g;

/**
 * Puts parameters into the scalars of YAML documents, by the same rules as {@link substitute}. Comments, order and layout stay. A value can neither
 * add a line or key nor end a string: it is written as YAML where the scalar stands, in double quotes where the text has them, else as it needs.
 *
 * @throws Error for a text that is no YAML, for a name that is no parameter, and for a place that is no value: in a key, a comment or a block of lines
 */
export function substituteYaml(text: string, parameters: Parameters): string {
  const names: string[] = [];
  const covered = text.replaceAll(place, (_all, name: string) => `vmo-metal-place-${names.push(name) - 1}-`);
  const edits: Edit[] = [];
  const filled = new Set<string>();
  for (const document of parseAllDocuments(covered)) {
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    visit(document, {
      Scalar(key, node) {
        if (key === "key" || typeof node.value !== "string" || node.value.search(cover) < 0) return;
        const original = node.value.replaceAll(cover, (word, index: string) => {
          filled.add(index);
          return `@{${names[Number(index)] ?? word}}`;
        });
        const [start, end] = node.range ?? [0, 0];
        edits.push({ start, end, text: scalarText(substitute(original, parameters), node.type) });
      },
    });
  }
  const [stray] = names.filter((_name, index) => !filled.has(String(index)));
  if (stray !== undefined) throw new Error(`the profile data has @{${stray}} in a place that is no value`);
  return edits.reduceRight(
    (result, { start, end, text }) => result.slice(0, start) + text + result.slice(end),
    covered,
  );
}

function scalarText(value: unknown, type: Scalar.Type | undefined): string {
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED)
    throw new Error("the profile data has a place inside of a block of lines");
  if (type !== Scalar.PLAIN || typeof value !== "string" || !/^[\w.:/-]+$/.test(value)) return jsonText(value);
  return yamlText(value).trimEnd();
}
