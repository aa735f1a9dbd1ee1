import { isMap, isScalar, parseDocument } from "yaml";
import type { YAMLMap } from "yaml";
import { MASK } from "../observation/masking";

// The controller looks at the same values in every round.
const parsed = new Map<string, Record<string, unknown> | undefined>();
const REMEMBERED = 200;

/** The values of a pack as data, not to be changed; undefined when they are not YAML or not a map. */
export function parseValues(values: string): Readonly<Record<string, unknown>> | undefined {
  if (!parsed.has(values)) {
    const [oldest] = parsed.keys();
    if (parsed.size >= REMEMBERED && oldest !== undefined) parsed.delete(oldest);
    parsed.set(values, parse(values));
  }
  return parsed.get(values);
}

function parse(values: string): Record<string, unknown> | undefined {
  // A macro without quotes would be read as a map.
  const document = parseDocument(values.replace(/\{\{([^{}]*)\}\}/g, (_, inner: string) => `macro(${inner.trim()})`));
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) return {};
  return isMap(document.contents) ? (document.toJS() as Record<string, unknown>) : undefined;
}

/** What stands at a dotted path of parsed values. */
export function valueAt(values: unknown, path: string): unknown {
  let current: unknown = values;
  for (const part of path.split(".")) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Record<string, unknown>)[part];
  }
  return current;
}

/** All leaf paths with their values as text: what two versions of a pack's values are compared by. */
export function flatten(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, JSON.stringify(value) ?? ""]]);
  if (Array.isArray(value)) return new Map([[path, JSON.stringify(value)]]);
  const leaves = new Map<string, string>();
  for (const [name, member] of Object.entries(value))
    for (const [leaf, text] of flatten(member, path === "" ? name : `${path}.${name}`)) leaves.set(leaf, text);
  return leaves;
}

/** Paths whose values differ, sorted. Values that cannot be parsed differ as a whole. */
export function differingPaths(one: string, other: string): string[] {
  if (one.trim() === other.trim()) return [];
  const [left, right] = [parseValues(one), parseValues(other)];
  if (!left || !right) return ["values"];
  const [before, after] = [flatten(left), flatten(right)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
}

/** The install priority that values give an add-on; lower is installed first, 0 when none is said. */
export function installPriority(values: string): number {
  const pack = parseValues(values)?.["pack"];
  const priority =
    typeof pack === "object" && pack !== null
      ? (pack as Record<string, unknown>)["spectrocloud.com/install-priority"]
      : undefined;
  return typeof priority === "string" || typeof priority === "number" ? Number(priority) || 0 : 0;
}

/** The values with what stands at these paths masked, unless it is empty or refers to a macro; all other text is kept. */
export function maskValues(values: string, paths: readonly string[]): string {
  const document = parseDocument(values);
  if (document.errors.length > 0 || !isMap(document.contents)) return values;
  const ranges = paths
    .map((path) => (document.contents as YAMLMap).getIn(path.split("."), true))
    .filter(isScalar)
    .filter((node) => typeof node.value === "string" && node.value !== "" && !node.value.includes("{{"))
    .map((node) => node.range)
    .filter((range) => range !== null && range !== undefined)
    .sort((one, other) => other[0] - one[0]);
  return ranges.reduce((text, range) => `${text.slice(0, range[0])}"${MASK}"${text.slice(range[1])}`, values);
}

/** Whether a text is a mask instead of a value. */
export function isMasked(text: string): boolean {
  return /^\*{3,}$/.test(text.trim());
}

/** Whether some line of values holds a mask where a value should be. */
export function holdsMask(values: string): boolean {
  return values.split("\n").some((line) => /:\s*["']?\*{3,}["']?\s*(#.*)?$/.test(line));
}
