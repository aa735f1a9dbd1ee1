import { z } from "zod";

/** One value that a machine in use does not have yet: it is applied, or takes effect, when the machine is released or deployed again. */
export interface PendingChange {
  /** What it is a change of: the machine's network or storage layout, or the site that it gets settings from. */
  readonly part: "network" | "storage" | "site";
  /** What the value belongs to: an interface (`bond_mgmt`), `storage layout`, or a subnet of the site (`10.20.0.0/16`). */
  readonly subject: string;
  /** The field, e.g. `mtu`, `bond.mode`, `links`, `rootSize`, `gateway`; `interface` where a whole interface is added or removed. */
  readonly field: string;
  /** The present value; null when there is none. */
  readonly actual: string | null;
  /** The value from the next deployment on; null when there will be none. */
  readonly desired: string | null;
}

/** An entry of `pending` in state: versions before 0.2 recorded the line of {@link formatPending} alone. */
export type RecordedChange = PendingChange | string;

const pendingSchema: z.ZodType<PendingChange> = z.object({
  part: z.enum(["network", "storage", "site"]),
  subject: z.string(),
  field: z.string(),
  actual: z.string().nullable(),
  desired: z.string().nullable(),
});

/** Reads the output `pending` out of a state of this or an earlier version; anything else in it is no pending change. */
export function readPending(recorded: unknown): RecordedChange[] {
  if (!Array.isArray(recorded)) return [];
  return recorded.flatMap((entry: unknown): RecordedChange[] => {
    if (typeof entry === "string") return [entry];
    const parsed = pendingSchema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}

/** For display: `bond_mgmt: mtu is 1500, wanted 9000`. */
export function formatPending(change: RecordedChange): string {
  if (typeof change === "string") return change;
  const { part, subject, field, actual, desired } = change;
  if (part === "storage") return `${field}: ${actual ?? "none"} => ${desired ?? "MAAS's default"}`;
  if (field === wholeInterface)
    return actual === null ? `${subject}: missing` : `${subject}: not described (${actual})`;
  return `${subject}: ${field} is ${actual ?? "not set"}, wanted ${desired ?? "not set"}`;
}

/** The field of a change that adds or removes a whole interface; its values are the kind of the interface (`bond`). */
export const wholeInterface = "interface";

/** Whether every one of some changes is among those that were recorded. */
export function areRecorded(changes: readonly PendingChange[], recorded: readonly RecordedChange[]): boolean {
  const lines = new Set(recorded.map(formatPending));
  return changes.every((change) => lines.has(formatPending(change)));
}

/**
 * The recorded changes that still stand: those among the present differences. Entries keep the form in which they were recorded, so
 * that reading a state of an earlier version is no change.
 */
export function stillPending(
  differences: readonly PendingChange[],
  recorded: readonly RecordedChange[],
): RecordedChange[] {
  const lines = new Set(differences.map(formatPending));
  return recorded.filter((entry) => lines.has(formatPending(entry)));
}
