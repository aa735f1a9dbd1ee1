import { z } from "zod";

/**
 * What can be made to go wrong. For requests that match `verb` and `path`:
 * - `latency`: the answer comes `milliseconds` later;
 * - `too-many-requests`, `internal-error`: 429 and 500 instead of the work;
 * - `forbidden`: 403 instead of the work, as for a key whose role lacks that right;
 * - `bad-gateway-after-work`: 502 without a body, though the work was done;
 * - `reset`, `reset-after-work`: the connection is cut, before or after the work.
 *
 * For everything, while they are on:
 * - `wrong-scope`: each request with a project is refused with 403;
 * - `gateway-down`: no private cloud gateway runs, MAAS is out of reach;
 * - `slow-consistency`: new objects stay out of lists, and new clusters without a status, for `milliseconds`;
 * - `never-healthy`: clusters do not become healthy;
 * - `late-layer`: the layer `name` is not installed, and a cluster becomes healthy without it;
 * - `null-lists`: a list answer without rows has `items: null`;
 * - `base64-kubeconfig`: kubeconfigs come as base64 of the YAML;
 * - `no-pack-values`: the versions of a pack come without their values; `no-values-by-uid`: a pack by its uid does.
 */
export const FAULT_KINDS = [
  "latency",
  "too-many-requests",
  "internal-error",
  "forbidden",
  "bad-gateway-after-work",
  "reset",
  "reset-after-work",
  "wrong-scope",
  "gateway-down",
  "slow-consistency",
  "never-healthy",
  "late-layer",
  "null-lists",
  "base64-kubeconfig",
  "no-pack-values",
  "no-values-by-uid",
] as const;

/** A fault as it is switched on, also from another process. */
export const faultSchema = z
  .strictObject({
    kind: z.enum(FAULT_KINDS),
    /** Only requests with this verb. */
    verb: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).optional(),
    /** Only requests whose path matches: `*` stands for one segment, a trailing `**` for the rest. */
    path: z.string().optional(),
    /** Ends after so many requests; absent: stays until cleared. */
    times: z.number().int().positive().optional(),
    /** Milliseconds, of `latency` and `slow-consistency`. Default 1000. */
    milliseconds: z.number().int().nonnegative().default(1000),
    /** The layer, of `late-layer`. */
    name: z.string().min(1).optional(),
  })
  .refine(({ kind, name }) => (kind === "late-layer") === (name !== undefined), {
    error: "late-layer, and no other kind, needs the name of a layer",
    path: ["name"],
  });

/** Input of a fault. */
export type FaultInput = z.input<typeof faultSchema>;
/** A fault that is on. */
export type Fault = z.output<typeof faultSchema>;

/** The faults that are on. */
export class Faults {
  private active: Fault[] = [];

  /** Switches one on. Throws on a fault that is none. */
  add(input: FaultInput): void {
    this.active.push(faultSchema.parse(input));
  }

  /** Switches off all, or all of one kind. */
  clear(kind?: Fault["kind"]): void {
    this.active = kind === undefined ? [] : this.active.filter((fault) => fault.kind !== kind);
  }

  /** Those that are on. */
  list(): readonly Fault[] {
    return this.active;
  }

  /** Whether a fault of the kind is on, whatever request it was meant for. */
  on(kind: Fault["kind"]): boolean {
    return this.active.some((fault) => fault.kind === kind);
  }

  /** The first fault of the kind that is meant for the request; counts it. */
  take(kind: Fault["kind"], verb: string, path: string): Fault | undefined {
    const fault = this.active.find(
      (each) =>
        each.kind === kind &&
        (each.verb === undefined || each.verb === verb) &&
        (each.path === undefined || matches(each.path, path)),
    );
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) this.active = this.active.filter((each) => each !== fault);
    }
    return fault;
  }

  /** Names of the layers that are not installed for now. */
  lateLayers(): string[] {
    return this.active.flatMap(({ kind, name }) => (kind === "late-layer" && name !== undefined ? [name] : []));
  }

  /** How long (ms) a new object stays out of lists. */
  listDelay(): number {
    return this.active.find((fault) => fault.kind === "slow-consistency")?.milliseconds ?? 0;
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const segments = path.split("/");
  if (wanted.at(-1) === "**") {
    wanted.pop();
    segments.length = Math.min(segments.length, wanted.length);
  }
  return wanted.length === segments.length && wanted.every((part, index) => part === "*" || part === segments[index]);
}
