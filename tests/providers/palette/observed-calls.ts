import { mock } from "node:test";
import type { z } from "zod";
import type { AnswerRule } from "../../../providers/http/transport";
import { type PaletteRequest, Transport } from "../../../providers/palette/client/transport";

/** A request that the client sent, and how it reads the answer. */
export interface ObservedCall {
  readonly request: PaletteRequest;
  /** Undefined: the answer is not read as JSON. */
  readonly schema: z.ZodType | undefined;
  /** What the answer must agree with besides the schema. */
  readonly rule: AnswerRule<unknown> | undefined;
}

/** Runs work and returns what the clients of Palette sent meanwhile. */
export async function observedCalls(work: () => Promise<unknown>): Promise<ObservedCall[]> {
  const json = mock.method(Transport.prototype, "json");
  const send = mock.method(Transport.prototype, "send");
  try {
    await work();
    return [
      ...json.mock.calls.map(({ arguments: [request, schema, rule] }) => ({ request, schema, rule })),
      ...send.mock.calls.map(({ arguments: [request] }) => ({ request, schema: undefined, rule: undefined })),
    ] as ObservedCall[];
  } finally {
    json.mock.restore();
    send.mock.restore();
  }
}
