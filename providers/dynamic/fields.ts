import { z } from "zod";

/** An optional input whose absence is kept as null, so that removing it from a program shows as a change. */
export function optional<Type extends z.ZodType>(type: Type): z.ZodType<z.output<Type> | null> {
  return type.nullish().transform((value) => value ?? null);
}

/** Text that must not be empty. `rule` completes "must be …". */
export function text(rule = "text that is not empty"): z.ZodType<string> {
  return z.string({ error: `must be ${rule}` }).min(1, { error: `must be ${rule}` });
}

/** A set of texts: sorted and without repetitions, so that order is no change. */
export function textSet(): z.ZodType<string[]> {
  return z
    .array(z.string())
    .default([])
    .transform((items) => [...new Set(items)].sort());
}
