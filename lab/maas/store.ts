import type { MachineRecord } from "./machines/model";
import type { SiteState } from "./site/model";

/** Something that is to happen later, kept in the state file so that it survives a restart. */
export interface Timer {
  /** Which handler runs: a key of `timerHandlers` (lab/maas/machines/timer-handlers). */
  kind: string;
  /** What it is about: a system id. */
  subject: string;
  /** When, as ISO time of the lab's clock. */
  dueAt: string;
}

/** Runs when a timer is due. */
export type TimerHandler = (store: Store, subject: string) => void;

/** Everything the simulated region knows. Handlers change it in place and call `changed()`. */
export interface Store {
  site: SiteState;
  machines: MachineRecord[];
  /** The next number of a sequence, each kind has its own ("interface", "link", "vlan" …); never given twice. */
  nextId(kind: string): number;
  /** Takes a number that came from elsewhere: the sequence goes on after it. */
  claimId(kind: string, id: number): void;
  /** The lab's clock. */
  now(): Date;
  /** Marks the state as changed: it is written to the state file soon. */
  changed(): void;
  /** How many times faster than life delays run (60: a deployment of ten minutes takes ten seconds). */
  timeScale: number;
  /** Plans `kind` for `subject` after so many seconds of life; replaces what was planned of that kind and subject. */
  schedule(kind: string, subject: string, seconds: number): void;
  /**
   * MAAS's message when this action of a machine (deploy, commission, test, release, erase, power, rescue) is to fail;
   * undefined when it is to succeed. Uses up one planned failure: ask once per action.
   */
  failure(action: string, systemId: string, hostname: string): string | undefined;
  /** Drops what is planned for the subject, of one kind or of all. */
  cancel(subject: string, kind?: string): void;
}
