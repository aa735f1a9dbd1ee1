import type { MachineRecord } from "./machines/model";
import type { Faults } from "./server/faults";
import type { SiteState } from "./site/model";
import type { Store, Timer, TimerHandler } from "./store";

/** Everything that is kept on disk. */
export interface RegionState {
  site: SiteState;
  machines: MachineRecord[];
  /** The last number given of each sequence. */
  sequences: Record<string, number>;
  /** No sequence gives a number up to this one: imported objects have lower ones (absent: 0). */
  floor?: number;
  timers: Timer[];
}

/** What a store needs from around it. */
export interface RegionStoreOptions {
  timeScale: number;
  handlers: Record<string, TimerHandler>;
  faults: Faults;
  onChange: () => void;
}

/** Longest wait that a Node.js timer can hold. */
const LONGEST_WAIT = 2_000_000_000;

/** The region's state in memory, with its sequences and timers. */
export class RegionStore implements Store {
  private wakeUp: NodeJS.Timeout | undefined;
  private scale: number;

  constructor(
    private state: RegionState,
    private readonly options: RegionStoreOptions,
  ) {
    this.scale = options.timeScale;
    this.arm();
  }

  get site(): SiteState {
    return this.state.site;
  }

  get machines(): MachineRecord[] {
    return this.state.machines;
  }

  set machines(machines: MachineRecord[]) {
    this.state.machines = machines;
  }

  get timeScale(): number {
    return this.scale;
  }

  /** Changes the speed; what is planned comes sooner or later in proportion. */
  set timeScale(scale: number) {
    const now = this.now().getTime();
    for (const timer of this.state.timers) {
      const left = Math.max(0, new Date(timer.dueAt).getTime() - now);
      timer.dueAt = new Date(now + (left * this.scale) / scale).toISOString();
    }
    this.scale = scale;
    this.changed();
    this.arm();
  }

  /** The state itself, to be written or copied. */
  snapshot(): RegionState {
    return this.state;
  }

  /** Puts another state in the place of this one. */
  replace(state: RegionState): void {
    this.state = state;
    this.changed();
    this.arm();
  }

  nextId(kind: string): number {
    const id = Math.max(this.state.sequences[kind] ?? 0, this.state.floor ?? 0) + 1;
    this.state.sequences[kind] = id;
    return id;
  }

  claimId(kind: string, id: number): void {
    this.state.sequences[kind] = Math.max(this.state.sequences[kind] ?? 0, id);
  }

  now(): Date {
    return new Date();
  }

  changed(): void {
    this.options.onChange();
  }

  schedule(kind: string, subject: string, seconds: number): void {
    this.cancel(subject, kind);
    const dueAt = new Date(this.now().getTime() + (seconds * 1000) / this.scale).toISOString();
    this.state.timers.push({ kind, subject, dueAt });
    this.changed();
    this.arm();
  }

  cancel(subject: string, kind?: string): void {
    this.state.timers = this.state.timers.filter(
      (timer) => timer.subject !== subject || (kind !== undefined && timer.kind !== kind),
    );
    this.changed();
  }

  failure(action: string, systemId: string, hostname: string): string | undefined {
    return this.options.faults.takeOutcome(action, systemId, hostname);
  }

  /** Stops the clock: nothing planned happens any more in this process. */
  stop(): void {
    clearTimeout(this.wakeUp);
    this.wakeUp = undefined;
  }

  private arm(): void {
    clearTimeout(this.wakeUp);
    const due = this.state.timers.map((timer) => new Date(timer.dueAt).getTime());
    if (due.length === 0) return;
    const wait = Math.min(LONGEST_WAIT, Math.max(0, Math.min(...due) - this.now().getTime()));
    this.wakeUp = setTimeout(() => this.ring(), wait);
    this.wakeUp.unref();
  }

  private ring(): void {
    const now = this.now().getTime();
    const due = this.state.timers.filter((timer) => new Date(timer.dueAt).getTime() <= now);
    this.state.timers = this.state.timers.filter((timer) => !due.includes(timer));
    for (const { kind, subject } of due.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))) {
      const handler = this.options.handlers[kind];
      if (handler === undefined) throw new Error(`nothing handles the timer ${kind} of ${subject}`);
      handler(this, subject);
    }
    if (due.length > 0) this.changed();
    this.arm();
  }
}
