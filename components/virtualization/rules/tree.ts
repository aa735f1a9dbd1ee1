/** A value at a path of plain data; undefined when any part is missing. Numbers select from lists. */
export function at(data: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined,
    data,
  );
}

/** The list at a path; empty when there is none. */
export function listAt(data: unknown, ...path: readonly (string | number)[]): unknown[] {
  const value = at(data, ...path);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The text at a path; undefined when there is none or it is no text. */
export function textAt(data: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = at(data, ...path);
  return typeof value === "string" ? value : undefined;
}

/** The number at a path; undefined when there is none or it is no number. */
export function numberAt(data: unknown, ...path: readonly (string | number)[]): number | undefined {
  const value = at(data, ...path);
  return typeof value === "number" ? value : undefined;
}

/** Keys of the object at a path; none when it is no object. */
export function keysAt(data: unknown, ...path: readonly (string | number)[]): string[] {
  const value = at(data, ...path);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
