import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";
import { formatTraps, stackFileTraps } from "../../stacks/description/stack-file-traps";
import { didYouMean } from "../../stacks/description/did-you-mean";

/** What the engine knows at the top of a stack file. */
const TOP = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/**
 * Why the engine would stumble over a stack file, or overlook what stands in it: broken YAML, settings beside `config`, unknown keys of this
 * project, values that it reads as something else (`010`). The engine's own words for these name neither the file nor the fix. What is inside `vmo-metal:datacenter` is checked elsewhere.
 *
 * @param name  the file's name, for the message
 * @param keys  the project's configuration keys, without `vmo-metal:`
 * @returns what is wrong, where and what to do; undefined when nothing is
 */
export function stackFileProblem(name: string, text: string, keys: readonly string[]): string | undefined {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken !== undefined) return `${name} is no valid YAML: ${broken.message.trimEnd()}\nCorrect that line.`;
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined;
  if (!isMap(contents))
    return `${name} does not begin with settings. Write: config:, and below it vmo-metal:datacenter:`;
  const stray = keysOf(contents).find((key) => !TOP.includes(key));
  if (stray !== undefined) {
    return `${name} has "${stray}" at the top, where the engine overlooks it. Settings stand below config: indent it, or write config: above it.`;
  }
  const config = contents.get("config", true);
  if (config === undefined || (isScalar(config) && config.value === null)) return undefined;
  if (!isMap(config)) return `${name} has no settings below config. Write: config:, and below it vmo-metal:datacenter:`;
  const known = keys.map((key) => `vmo-metal:${key}`);
  const unknown = keysOf(config).find((key) => key.startsWith("vmo-metal:") && !known.includes(key));
  if (unknown === undefined) return trapText(name, text);
  const near = didYouMean(unknown, known);
  return `${name} sets ${unknown}, which this project does not know: ${near === undefined ? `known are ${known.join(", ")}` : `did you mean "${near}"?`}`;
}

function trapText(name: string, text: string): string | undefined {
  const traps = stackFileTraps(text);
  return traps.length === 0
    ? undefined
    : `The engine reads ${name} differently from how it is written:\n${formatTraps(/[^/\s]+\.yaml/.exec(name)?.[0] ?? "line", traps)}`;
}

function keysOf(map: YAMLMap): string[] {
  return map.items.map(({ key }) => (isScalar(key) ? String(key.value) : String(key)));
}
