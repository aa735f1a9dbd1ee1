import type { z } from "zod";

/** The body of a request with the schema that it keeps: what is sent, and what it may hold (`request-schemas.ts`). */
export interface RequestBody {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/**
 * A body that keeps its schema. The types see to that where they reach; what they do not see is a defect, which ends here and is not sent.
 *
 * @throws Error naming the members that break the schema, without their values
 */
export function requestBody<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): RequestBody {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { schema, value };
  const places = parsed.error.issues.map(({ path, code }) => `${path.map(String).join(".") || "(whole)"} (${code})`);
  throw new Error(
    `A request to Palette is not as its schema says, and was not sent: ${places.join(", ")}. This is a defect.`,
  );
}
