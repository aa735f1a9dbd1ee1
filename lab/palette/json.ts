/** Any JSON value; a member that is undefined is left out of an answer. */
export type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json };

/** A JSON object. */
export type JsonObject = { [name: string]: Json };

/** Whether a value is a plain object (not null, not a list). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value without members that are null, at any depth: the server treats null as absent. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

/** A list as the server answers it where the schema lets it be absent: null when empty. */
export function nullWhenEmpty<Item>(list: readonly Item[]): Item[] | null {
  return list.length === 0 ? null : [...list];
}

/** A map as the server answers it where the schema lets it be absent: null when empty. */
export function nullWhenNone(map: Record<string, string>): Record<string, string> | null {
  return Object.keys(map).length === 0 ? null : map;
}
