import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../providers/dynamic/plain";
import { differingValues } from "../../providers/palette/pack-values";
import type { FieldDifference } from "./document";

/** Inputs that tell of a change and are none. */
const told = new Set(["__provider", "changes"]);

/** What the engine writes for a value that only an `up` will know. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface Leaf {
  readonly path: string;
  readonly found: unknown;
  readonly described: unknown;
}

/**
 * The fields in which what was found differs from what is described, leaf by leaf. Pure.
 *
 * @param applied what the last `up` made; tells who changed
 */
export function fieldDifferences(
  found: Readonly<Record<string, unknown>>,
  described: Readonly<Record<string, unknown>>,
  applied: Readonly<Record<string, unknown>>,
): FieldDifference[] {
  const drifted = leaves(found, applied, "");
  const wished = leaves(applied, described, "");
  return leaves(found, described, "").map((leaf) => ({
    path: leaf.path,
    found: inWords(leaf.found),
    described: inWords(leaf.described),
    cause: causeOf(leaf.path, drifted, wished),
  }));
}

function causeOf(path: string, drifted: readonly Leaf[], wished: readonly Leaf[]): FieldDifference["cause"] {
  const inside = (all: readonly Leaf[]): boolean => all.some((leaf) => leaf.path.startsWith(path));
  if (!inside(wished)) return "datacenter";
  return inside(drifted) ? "both" : "description";
}

function leaves(found: unknown, described: unknown, path: string): Leaf[] {
  if (isDeepStrictEqual(found, described)) return [];
  if (isFilled(found) && described === null) return leaves(found, {}, path);
  if (found === null && isFilled(described)) return leaves({}, described, path);
  if (isObject(found) && isObject(described)) {
    const keys = [...new Set([...Object.keys(found), ...Object.keys(described)])]
      .filter((key) => !told.has(key))
      .sort();
    return keys.flatMap((key) => leaves(found[key], described[key], below(path, key)));
  }
  if (isListOfObjects(found) && isListOfObjects(described)) {
    const length = Math.max(found.length, described.length);
    return Array.from({ length }, (_, index) => leaves(found[index], described[index], `${path}[${index}]`)).flat();
  }
  if (path.endsWith(".values") && typeof found === "string" && typeof described === "string") {
    const inside = differingValues(found, described);
    if (inside.length > 0)
      return inside.map(({ path: at, left, right }) => ({ path: `${path}: ${at}`, found: left, described: right }));
  }
  return [{ path, found, described }];
}

/** Whether a value has members to tell one by one, where nothing stands on the other side. */
function isFilled(value: unknown): boolean {
  return isObject(value) && Object.keys(value).some((key) => !told.has(key));
}

function isListOfObjects(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function below(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (value === UNKNOWN) return "known after an up";
  return typeof value === "string" ? (value === "" ? "empty" : value) : JSON.stringify(value);
}
