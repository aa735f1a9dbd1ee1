import { z } from "zod";

const resourceState = z.object({
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});

const step = z.object({
  /** What the engine would do: `refresh`, `same`, `create`, `update`, `delete`, `replace` and the parts of a replacement. */
  op: z.string(),
  urn: z.string(),
  oldState: resourceState.nullish(),
  newState: resourceState.nullish(),
  detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
});

const digest = z.object({
  steps: z.array(step).default([]),
  diagnostics: z
    .array(z.object({ message: z.string().default(""), severity: z.string(), urn: z.string().optional() }))
    .nullish()
    .transform((all) => all ?? []),
});

/** What `pulumi preview --json` prints; of it, what a drift report needs. Secrets are in it as `[secret]`. */
export type PreviewDigest = z.infer<typeof digest>;

/** That of an engine that printed none. */
export const emptyDigest: PreviewDigest = { steps: [], diagnostics: [] };

/** One step of a preview: of an update, `oldState` is what was found (after a refresh) and `newState` what the description says. */
export type PreviewStep = z.infer<typeof step>;

/**
 * Reads what `pulumi preview --json` printed.
 *
 * @throws Error when it is not that
 */
export function readPreviewDigest(text: string): PreviewDigest {
  return digest.parse(JSON.parse(text));
}
