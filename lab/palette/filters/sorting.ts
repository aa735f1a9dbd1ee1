import { z } from "zod";

/** The `sort` of a search: fields in order of weight. */
export const sortSchema = z
  .array(z.object({ field: z.string().optional(), order: z.enum(["asc", "desc"]).default("asc") }))
  .default([]);

/** The rows in the order asked for; fields that a row does not have count as equal. */
export function sorted<Row>(
  rows: readonly Row[],
  sort: z.output<typeof sortSchema>,
  fields: Record<string, (row: Row) => string | number>,
): Row[] {
  return [...rows].sort((one, other) => {
    for (const { field, order } of sort) {
      const read = fields[field ?? ""];
      if (!read) continue;
      const [left, right] = [read(one), read(other)];
      if (left !== right) return (left < right ? -1 : 1) * (order === "desc" ? -1 : 1);
    }
    return 0;
  });
}
