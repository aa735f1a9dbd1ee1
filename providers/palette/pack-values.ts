import { type Document, isCollection, isMap, isScalar, type Node, parseDocument, visit, type YAMLMap } from "yaml";
import { isObject } from "../dynamic/plain";
import { parseWithMacros, withMacrosKept } from "./macro-text";

/** A choice that a pack offers for its values (`presets` of a pack in its registry). */
export interface PackPreset {
  name: string;
  displayName?: string;
  group: string;
  /** Dotted paths that are taken out of the values; a dot inside a key is written `\.`. */
  remove?: string[] | null;
  /** YAML that is merged in. */
  add?: string | null;
}

/** What one layer changes of its pack's values. */
export interface ValuesChange {
  /** Chosen presets as `Group:preset`, e.g. `IPAM mode:ipam-kubernetes`. */
  presets: readonly string[];
  /** YAML that is merged over the values: maps by key, lists and scalars replaced, null removes. */
  overlay: string;
}

/** The first line of values under which the console keeps the chosen presets. */
const presetsLine = "# spectrocloud.com/enabled-presets: ";

/**
 * The full values of a layer: the pack's own values from the registry, then the presets, then the overlay. Palette refuses partial values,
 * so it is always the whole text; comments and order of the pack's values stay. The same input gives the same bytes.
 *
 * @throws Error for a preset that the pack does not have; it lists those that it has.
 */
export function packValues(defaults: string, available: readonly PackPreset[], change: ValuesChange): string {
  const presets = change.presets.map((choice) => presetOf(available, choice));
  const edit = (values: string): string => {
    const document = parseDocument(values);
    for (const preset of presets) applyPreset(document, preset);
    mergeText(document, change.overlay);
    return document.toString({ lineWidth: 0 });
  };
  const merged = [change.overlay, ...presets.map(({ add }) => add ?? "")];
  const text = withMacrosKept(withoutPresetsLine(defaults), edit, merged);
  return change.presets.length === 0 ? text : `${presetsLine}${change.presets.join(",")}\n${text}`;
}

/** Dotted paths at which two values differ, with both sides; a missing side is undefined. */
export interface ValueDifference {
  path: string;
  /** The same as keys: a key may hold dots itself. */
  keys: string[];
  left: unknown;
  right: unknown;
}

/** Where two YAML texts differ, leaf by leaf; lists count as a whole. */
export function differingValues(left: string, right: string): ValueDifference[] {
  return differences(parseWithMacros(left) ?? {}, parseWithMacros(right) ?? {}, []);
}

function differences(left: unknown, right: unknown, at: readonly string[]): ValueDifference[] {
  if (isObject(left) && isObject(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    return keys.flatMap((key) => differences(left[key], right[key], [...at, key]));
  }
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  return [{ path: at.join("."), keys: [...at], left, right }];
}

function presetOf(available: readonly PackPreset[], choice: string): PackPreset {
  const found = available.find((preset) => `${preset.group}:${preset.name}` === choice);
  if (found !== undefined) return found;
  const names = available.map((preset) => `${preset.group}:${preset.name}`).join(", ") || "none";
  throw new Error(`the pack has no preset "${choice}"; it has: ${names}`);
}

function applyPreset(document: Document, preset: PackPreset): void {
  for (const path of preset.remove ?? []) remove(document, keysOf(path));
  mergeText(document, preset.add ?? "");
}

/** The keys of a preset's path, e.g. `annotations.portworx\.io/misc-args`. */
function keysOf(path: string): string[] {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

/** Takes a key out; values need not have it, nor what it would lie in. */
function remove(document: Document, keys: readonly unknown[]): void {
  if (document.hasIn(keys)) document.deleteIn(keys);
}

/**
 * Merges YAML into a document: a map by its keys, everything else as a whole; null takes a key out. The parameters of a driver are one whole
 * too: those of the pack belong to another driver than ours, which refuses or ignores them. Strings keep their quotes: `"no"` without them is a
 * boolean for Helm, which reads YAML 1.1, and `no` with them is none.
 */
function mergeText(document: Document, text: string): void {
  const source = parseDocument(text);
  visit(source, { Alias: (_key, node) => node.resolve(source)?.clone() as Node | undefined });
  visit(source, {
    Value: (_key, node) => {
      delete node.anchor;
      node.comment = node.commentBefore = null;
      node.spaceBefore = false;
      if (isCollection(node)) node.flow = node.items.length === 0;
    },
  });
  const { contents } = source;
  if (isMap(contents)) merge(document, [], contents);
}

function merge(document: Document, path: readonly unknown[], map: YAMLMap): void {
  const { items } = map;
  const isDriver = map.has("driver") || map.has("provisioner");
  for (const { key, value } of items) {
    const at = [...path, isScalar(key) && typeof key.value === "string" ? key : String(key)];
    if (value === null || (isScalar(value) && value.value === null)) {
      remove(document, at);
    } else if (isMap(value) && value.items.length > 0) {
      const isParameters = isDriver && ["params", "parameters"].includes(String(at.at(-1)));
      if (isParameters || !isMap(document.getIn(at))) document.setIn(at, document.createNode({}));
      merge(document, at, value);
    } else {
      document.setIn(at, value);
    }
  }
}

function withoutPresetsLine(values: string): string {
  return values.startsWith(presetsLine) ? values.slice(values.indexOf("\n") + 1) : values;
}
