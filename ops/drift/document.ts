import { z } from "zod";
import { findingSchema, effectSchema, unavailableSchema } from "../../stacks/run-report/run-report";

const fieldDifference = z.object({
  /** Path of the field: `interfaces.bond_data.mtu`, `layers[2].values: charts.cilium.bpf`. */
  path: z.string(),
  /** What is in the datacenter, in words; `none` where there is nothing. */
  found: z.string(),
  /** What the description says, in words; `none` where it says nothing. */
  described: z.string(),
  /** Who changed: the datacenter since the last `up`, the description since then, or both. */
  cause: z.enum(["datacenter", "description", "both"]),
});

/** One field of a resource that is not as described. */
export type FieldDifference = z.infer<typeof fieldDifference>;

const named = {
  /** Where it is: `MAAS`, `Palette`, `Kubernetes`, or the engine's own name of another package. */
  system: z.string(),
  /** What it is: `HostNetwork`, `ClusterProfile`, `Secret`. */
  kind: z.string(),
  /** Its name in the stack. */
  name: z.string(),
};

const drifted = z.object({
  ...named,
  /** How it stands against its description. */
  state: z.enum(["differs", "gone", "not made yet", "no longer described", "pending until repave"]),
  /** What an `up` would do about it, in words. */
  up: z.string(),
  fields: z.array(fieldDifference),
});

/** A resource that is not as described. */
export type Drifted = z.infer<typeof drifted>;

const unread = z.object({
  ...named,
  /** What failed: reading the object, comparing it with the description, or validating its inputs. */
  operation: z.enum(["read", "diff", "check"]),
  /** `unreachable`: its API gave no answer; `refused`: its API does not accept the key; `failed`: anything else. */
  cause: z.enum(["unreachable", "refused", "failed"]),
  reason: z.string(),
});

/** A resource whose drift is not known. */
export type Unread = z.infer<typeof unread>;

/** How a check ended, by urgency, with the exit code that says so. */
export const EXIT_CODES = { clean: 0, drift: 7, failed: 1, unreachable: 2, refused: 3 } as const;

/** How a check ended. */
export type Outcome = keyof typeof EXIT_CODES;

/** The document that `npm run drift -- --json` prints: how a stack stands against its description. */
export const driftDocument = z.object({
  /** Version of this format. */
  version: z.literal(1),
  stack: z.string(),
  /** Name of the datacenter; null when its description could not be read. */
  datacenter: z.string().nullable(),
  /** When the check began: ISO 8601, UTC. */
  time: z.string(),
  /** `clean`; `drift`: drift or findings; `unreachable`, `refused`: an API was not read; `failed`: the comparison did not come to its end. */
  outcome: z.enum(["clean", "drift", "failed", "unreachable", "refused"]),
  /** The exit code of the command: 0, 7, 1, 2 or 3 in the order of the outcomes above. */
  exitCode: z.number(),
  /** Whether everything that the stack has made was read and compared. */
  complete: z.boolean(),
  /** Why the comparison ended early; null when it did not. */
  error: z.string().nullable(),
  /** How many resources were read. */
  read: z.number(),
  /** Resources that are not as described: what an `up` would change. */
  drifted: z.array(drifted),
  /** What the preflight and the observation of the site found. `counts`: whether it alone makes the outcome `drift`. */
  findings: z.array(findingSchema.extend({ counts: z.boolean() })),
  /** Resources that could not be read or compared. */
  unread: z.array(unread),
  /** APIs that could not be read. */
  unavailable: z.array(unavailableSchema),
  /** What waits for a repave since an earlier `up`: the host and what differs; an `up` changes nothing of it before. */
  pending: z.array(z.string()),
  /** What an `up` would do to objects that exist. */
  effects: z.array(effectSchema),
  /** What the program and its providers logged, errors first. */
  messages: z.array(z.object({ severity: z.string(), text: z.string() })),
});

/** How a whole stack stands against its description. */
export type DriftReport = z.infer<typeof driftDocument>;

/** How a finding stands in a report. */
export type CountedFinding = DriftReport["findings"][number];

/** The report of a check that could not begin. */
export function failedReport(stack: string, time: string, error: string): DriftReport {
  return {
    ...{ version: 1, stack, datacenter: null, time, outcome: "failed", exitCode: EXIT_CODES.failed, complete: false },
    ...{
      error,
      read: 0,
      drifted: [],
      findings: [],
      unread: [],
      unavailable: [],
      pending: [],
      effects: [],
      messages: [],
    },
  };
}
