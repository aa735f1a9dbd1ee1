import type { z } from "zod";
import { withoutNulls } from "../json";
import { invalid } from "./error";

/**
 * A request's body as the operation's schema describes it. Null members count as absent; unknown members are dropped.
 * @throws PaletteError 400 `InvalidRequestPayload` naming the first offending members.
 */
export function payload<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(withoutNulls(body ?? {}));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? "body" : issue.path.join(".")}: ${issue.message}`);
  throw invalid("InvalidRequestPayload", `Request payload is not valid: ${problems.join("; ")}`);
}
