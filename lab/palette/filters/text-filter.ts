import { z } from "zod";

/** A text filter of searches (`v1FilterString`). */
export const textFilterSchema = z.object({
  eq: z.string().optional(),
  ne: z.string().optional(),
  contains: z.string().optional(),
  beginsWith: z.string().optional(),
  ignoreCase: z.boolean().optional(),
});

/** A filter by text; conditions that are absent hold. */
export type TextFilter = z.output<typeof textFilterSchema>;

/** Whether a text passes a filter; every condition given has to hold. */
export function passes(text: string, filter: TextFilter | undefined): boolean {
  if (!filter) return true;
  const fold = (value: string): string => (filter.ignoreCase ? value.toLowerCase() : value);
  return (
    (filter.eq === undefined || fold(text) === fold(filter.eq)) &&
    (filter.ne === undefined || fold(text) !== fold(filter.ne)) &&
    (filter.contains === undefined || fold(text).includes(fold(filter.contains))) &&
    (filter.beginsWith === undefined || fold(text).startsWith(fold(filter.beginsWith)))
  );
}
