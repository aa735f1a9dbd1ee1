import { z } from "zod";

/** Schema of a finding. */
export const findingSchema = z.object({
  /** Code of the rule (`SIT005`, docs/preflight.md), or a word for what no rule covers (`description`, `packs`). */
  code: z.string(),
  /** What the rule looked at: the description alone, or the description and the site. */
  tier: z.enum(["description", "site"]),
  severity: z.enum(["error", "warning"]),
  /** Where, as the operator finds it in the stack file: `vmo-metal:datacenter.hosts...`. */
  path: z.string(),
  /** What is there, and the rule that it breaks. */
  message: z.string(),
  /** What to do; empty where the message states it. */
  fix: z.string(),
  /** The host that it is about; null for what concerns the whole datacenter. */
  host: z.string().nullable(),
  /** The reason with which the description silences it; null when it does not. */
  silenced: z.string().nullable(),
});

/** One thing that is not as it must be, as the report states it. */
export type ReportedFinding = z.infer<typeof findingSchema>;

/** Schema of an effect. */
export const effectSchema = z.object({
  /** What an `up` does to the object: it adopts, references, changes, restores it, or a change waits until a host is redeployed. */
  kind: z.enum(["adopt", "reference", "create", "change", "restore", "pending"]),
  /** The object in the words of the description: `subnet 10.21.0.0/21`, `host worker-4`. */
  object: z.string(),
  /** The effect as the preview prints it. */
  text: z.string(),
  /** The fields that change; values in words, null where there is none. */
  fields: z.array(z.object({ field: z.string(), actual: z.string().nullable(), desired: z.string().nullable() })),
  /** The hosts that it concerns, for what is equal over many. */
  hosts: z.array(z.string()),
});

/** One effect of an `up` on something that exists. */
export type ReportedEffect = z.infer<typeof effectSchema>;

/** Schema of an API that could not be read. */
export const unavailableSchema = z.object({
  /** The API that could not be read. */
  api: z.enum(["MAAS", "Palette", "Kubernetes"]),
  /** `unreachable`: no answer; `failed`: an answer that cannot be used, so that rules about the site were not checked; `refused`: no key, or one that the API does not accept; `unsupported`: not such an API, or too old. */
  cause: z.enum(["unreachable", "failed", "refused", "unsupported"]),
  /** Why, with endpoint and next step, without a secret. */
  reason: z.string(),
});

/** An API that the run could not read. */
export type UnavailableApi = z.infer<typeof unavailableSchema>;

const document = z.object({
  /** Version of this format. */
  version: z.literal(1),
  stack: z.string(),
  /** Name of the datacenter; null when the description could not be read. */
  datacenter: z.string().nullable(),
  /** When the program began: ISO 8601, UTC. */
  time: z.string(),
  operation: z.enum(["preview", "update"]),
  /** Whether the program registered all its resources; false where it ended early, and while it runs. */
  complete: z.boolean(),
  /** Why the program ended early; null when it did not. */
  ended: z.string().nullable(),
  unavailable: z.array(unavailableSchema),
  findings: z.array(findingSchema),
  effects: z.array(effectSchema),
});

/** What a run of the program reports to other programs: `npm run drift`, a pull request's comment. */
export type RunReportDocument = z.infer<typeof document>;

/** The parts of a report to which the program adds while it runs. */
export type RunReportParts = Partial<Pick<RunReportDocument, "unavailable" | "findings" | "effects">>;

/**
 * Reads a run report.
 *
 * @returns undefined for a text that is none (a run that was killed before it wrote, another version)
 */
export function readRunReport(text: string): RunReportDocument | undefined {
  return document.safeParse(jsonOf(text)).data;
}

/** Undefined for a text that is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}
