import { appendFileSync } from "node:fs";
import { z } from "zod";
import { visibleJson } from "../../text/visible";
import { ApiError, InputError, messageOf } from "./errors";

const resourceFinding = z.object({
  /** The kind, as it stands at the end of the resource's type: `maas:Subnet`. */
  kind: z.string(),
  /** The resource's id; null in a check, which has none. */
  id: z.string().nullable(),
  /** What failed: reading the object, comparing it with the description, or validating its inputs. */
  operation: z.enum(["read", "diff", "check"]),
  /** `unreachable`: the API gave no answer; `refused`: it does not accept the key, or there is none; `failed`: anything else. */
  cause: z.enum(["unreachable", "refused", "failed"]),
  /** Why, and what to do; without a secret. */
  reason: z.string(),
});

/** One resource that could not be read or compared. */
export type ResourceFinding = z.infer<typeof resourceFinding>;

/** Why an operation on a resource failed. */
export function causeOf(failure: unknown): ResourceFinding["cause"] {
  if (failure instanceof InputError) return failure.path?.endsWith("ApiKey") === true ? "refused" : "failed";
  if (!(failure instanceof ApiError)) return "failed";
  // A proxy's answers for a server that is away.
  if (failure.status === undefined || [502, 503, 504].includes(failure.status)) return "unreachable";
  return failure.status === 401 || failure.status === 403 ? "refused" : "failed";
}

/** A failed operation as a finding. */
export function resourceFindingOf(
  resource: Pick<ResourceFinding, "kind" | "id" | "operation">,
  failure: unknown,
): ResourceFinding {
  return { ...resource, cause: causeOf(failure), reason: messageOf(failure) };
}

/** Adds a finding to a file of one JSON document a line; several processes may add at the same time. */
export function addResourceFinding(file: string, finding: ResourceFinding): void {
  appendFileSync(file, `${visibleJson(finding)}\n`, { mode: 0o600 });
}

/** Reads what {@link addResourceFinding} wrote. @throws Error for a text that is something else */
export function readResourceFindings(text: string): ResourceFinding[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => resourceFinding.parse(JSON.parse(line)));
}
