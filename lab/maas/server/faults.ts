/** What goes wrong. */
export type FaultKind = "latency" | "status" | "status-after-work" | "reset" | "reset-after-work" | "outcome";

/** What a fault does, one line each, for `npm run lab -- faults`. */
export const faultSwitches: readonly { kind: FaultKind; description: string }[] = [
  { kind: "latency", description: "answers after `milliseconds`" },
  { kind: "status", description: "answers `status` (429, 500, 503 …) without doing the work" },
  { kind: "status-after-work", description: "does the work, then answers `status` (a proxy's 502)" },
  { kind: "reset", description: "cuts the connection without doing the work" },
  { kind: "reset-after-work", description: "does the work, then cuts the connection" },
  { kind: "outcome", description: "lets a machine's `action` (deploy, commission, release, test …) end in failure" },
];

/** Which requests a fault concerns; everything absent matches all. */
export interface FaultMatch {
  method?: string;
  /** Path below /MAAS/api/2.0 with `*` for any text: `/nodes/*\/interfaces/`. */
  path?: string;
  /** Value of `op`; "" means requests without one. */
  operation?: string;
}

/** A fault that is switched on. */
export interface Fault extends FaultMatch {
  id: number;
  kind: FaultKind;
  /** Requests that pass before it strikes (default 0). */
  skip?: number;
  /** How often it strikes; absent: until it is cleared. */
  count?: number;
  /** Of `latency`. */
  milliseconds?: number;
  /** Of `status` and `status-after-work`. */
  status?: number;
  /** Text of the answer (default: the status's usual one). */
  body?: string;
  /** Retry-After header, seconds. */
  retryAfter?: number;
  /** Of `outcome`: what fails; a machine's system id or hostname narrows it. */
  action?: string;
  machine?: string;
  /** Of `outcome`: MAAS's message. */
  message?: string;
}

/** A fault to switch on. */
export type NewFault = Omit<Fault, "id">;

/** A request as faults see it. */
export interface FaultTarget {
  method: string;
  /** Below /MAAS/api/2.0. */
  path: string;
  operation?: string;
}

function pathMatches(pattern: string, path: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`).test(path);
}

function concerns(fault: Fault, target: FaultTarget): boolean {
  return (
    (fault.method === undefined || fault.method.toUpperCase() === target.method) &&
    (fault.path === undefined || pathMatches(fault.path, target.path)) &&
    (fault.operation === undefined || fault.operation === (target.operation ?? ""))
  );
}

/** The faults that are switched on. */
export class Faults {
  private faults: Fault[] = [];
  private next = 1;

  list(): Fault[] {
    return this.faults.map((fault) => ({ ...fault }));
  }

  /** Switches a fault on and answers it with its id. */
  add(fault: NewFault): Fault {
    const added = { ...fault, id: this.next };
    this.next += 1;
    this.faults.push(added);
    return { ...added };
  }

  /** Switches one fault off, or all. */
  clear(id?: number): void {
    this.faults = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
  }

  /** The faults that strike this request; each counts it. */
  strike(target: FaultTarget): Fault[] {
    return this.take((fault) => fault.kind !== "outcome" && concerns(fault, target));
  }

  /** MAAS's message when this action of a machine is to fail; undefined when it is to succeed. */
  takeOutcome(action: string, systemId: string, hostname: string): string | undefined {
    const [struck] = this.take(
      (fault) =>
        fault.kind === "outcome" &&
        (fault.action === undefined || fault.action === action) &&
        (fault.machine === undefined || fault.machine === systemId || fault.machine === hostname),
    );
    return struck && (struck.message ?? `${action} failed`);
  }

  private take(chosen: (fault: Fault) => boolean): Fault[] {
    const struck = this.faults.filter(chosen).filter((fault) => {
      if (fault.skip === undefined || fault.skip <= 0) return true;
      fault.skip -= 1;
      return false;
    });
    for (const fault of struck) if (fault.count !== undefined) fault.count -= 1;
    this.faults = this.faults.filter((fault) => fault.count === undefined || fault.count > 0);
    return struck;
  }
}
