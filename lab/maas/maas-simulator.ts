import type { RegionState } from "./region-store";
import type { SeedOptions } from "./seed/seed-region";
import type { Faults } from "./server/faults";
import type { RequestLog } from "./server/request-log";
import type { Store } from "./store";

/** Options of a simulated region; all have defaults. */
export interface MaasSimulatorOptions {
  /** TCP port on 127.0.0.1 (default 0: a free one). */
  port?: number;
  /** File that keeps the state; one that exists is gone on with (then `seed` does not matter). Absent: memory only. */
  stateFile?: string;
  /** API key `consumer:token:secret` (default: random). */
  apiKey?: string;
  /** Bearer token of the admin surface (default: random). */
  adminToken?: string;
  /** Seconds of life per second (default 60). */
  timeScale?: number;
  /** What the region holds at first; `false` is a region as MAAS makes it, without machines. */
  seed?: SeedOptions | false;
}

/** A running simulated region. */
export interface MaasSimulator {
  /** Base address, ends in /MAAS. */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  readonly adminToken: string;
  /** What was asked. */
  readonly requests: RequestLog;
  /** What is to go wrong. */
  readonly faults: Faults;
  /** The state, for tests that look or reach inside. */
  readonly store: Store;
  /** A copy of the state without secrets. */
  dump(): RegionState;
  /** The state as it is, with its secrets. */
  region(): RegionState;
  /** Back to the seed (the one given, else the one it started with); key and port stay. */
  reset(seed?: SeedOptions | false): void;
  /** Puts a whole state in place of the present one; key and port stay. */
  load(state: RegionState): void;
  /** Sets a machine (hostname or system id) to a status ("ready", "deployed", "broken" …) outside the API. */
  setMachineStatus(machine: string, status: string): void;
  /** Does an operation of a machine (`release`, `lock`, `mark_broken` …) as its owner would do it through the API. */
  machineOperation(machine: string, operation: string, form?: Record<string, string>): Promise<void>;
  /** An API key of a user; one that the region does not have is added, without administrator's rights. */
  userKey(username: string): string;
  /** Changes the speed of time, also of what is under way. */
  setTimeScale(scale: number): void;
  /** Stops serving, cuts what is under way and writes the state. */
  close(): Promise<void>;
}
