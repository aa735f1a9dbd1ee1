import { readFileSync } from "node:fs";
import { z } from "zod";

const bodySchema = z.object({ contentType: z.string(), json: z.unknown().optional() });

const exchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  query: z.string().default(""),
  request: bodySchema.optional(),
  status: z.number(),
  response: bodySchema.optional(),
});

/** A recorded request with its answer, as the lab's Palette simulator writes them. */
export type RecordedExchange = z.output<typeof exchangeSchema>;

/**
 * Reads a recording: one JSON object a line.
 * @throws Error naming the line that is none.
 */
export function readExchanges(file: string): RecordedExchange[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => {
      try {
        return exchangeSchema.parse(JSON.parse(line));
      } catch (error) {
        throw new Error(`${file}:${number} is not a recorded exchange`, { cause: error });
      }
    });
}
