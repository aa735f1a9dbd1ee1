import type { Json } from "../json";

/**
 * The rows that a list's `filters` let through: `path=value` joined by `AND` and `OR` (of which `AND` binds closer), without spaces around them.
 * A text that is no such filter lets everything through.
 */
export function filtered<Row extends Json>(rows: readonly Row[], filters: string): Row[] {
  const alternatives = filters.split("OR").map((part) => part.split("AND").map((term) => term.split("=", 2)));
  const terms = alternatives.flat();
  if (filters === "" || terms.some(([path = "", value]) => !/^[A-Za-z.]+$/.test(path) || value === undefined))
    return [...rows];
  return rows.filter((row) =>
    alternatives.some((all) => all.every(([path = "", value]) => fieldAt(row, path.split(".")) === value)),
  );
}

function fieldAt(row: Json, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    row,
  );
}
