/** One place where two plain values differ. */
export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

/** All places where two plain values differ, as paths such as `machines[cp-1].powerState`; lists of named things go by name. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [left, right] = [named(before), named(after)];
    const names = [...new Set([...left.keys(), ...right.keys()])];
    return names.flatMap((name) => differences(left.get(name), right.get(name), `${path}[${name}]`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function named(items: readonly unknown[]): Map<string, unknown> {
  return new Map(items.map((item, index) => [nameOf(item) ?? String(index), item]));
}

function nameOf(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  const name = item["hostname"] ?? item["name"] ?? item["cidr"];
  return typeof name === "string" ? name : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
