/** Kind of an id: each kind has its own numbers. System ids, UUIDs and key texts are kinds too. */
export type IdKind = string;

/**
 * Which id of the simulator stands for which recorded one, in both directions. Ids of what was there at the start are the
 * same on both sides; what the replay makes is bound when its id is first seen.
 */
export class IdMap {
  private toSimulated = new Map<string, string>();
  private toRecorded = new Map<string, string>();
  private journal: [string, string][] = [];

  private static key(kind: IdKind, id: string): string {
    return `${kind} ${id}`;
  }

  /** The simulator's id of a recorded one; the same where nothing else is known. */
  simulated(kind: IdKind, recorded: string): string {
    return this.toSimulated.get(IdMap.key(kind, recorded)) ?? recorded;
  }

  /** Whether two ids are each other's, binding them when neither is bound. */
  bind(kind: IdKind, recorded: string, simulated: string): boolean {
    const known = this.toSimulated.get(IdMap.key(kind, recorded));
    if (known !== undefined) return known === simulated;
    if (this.toRecorded.has(IdMap.key(kind, simulated))) return false;
    this.toSimulated.set(IdMap.key(kind, recorded), simulated);
    this.toRecorded.set(IdMap.key(kind, simulated), recorded);
    this.journal.push([IdMap.key(kind, recorded), IdMap.key(kind, simulated)]);
    return true;
  }

  /** Whether a recorded text stands for a simulated one under any kind. */
  related(recorded: string, simulated: string): boolean {
    for (const [key, value] of this.toSimulated) {
      if (value === simulated && key.slice(key.indexOf(" ") + 1) === recorded) return true;
    }
    return false;
  }

  /** Every recorded text of a kind with its simulated one. */
  entries(kind: IdKind): [string, string][] {
    const prefix = `${kind} `;
    return [...this.toSimulated].flatMap(([key, value]): [string, string][] =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    );
  }

  /** A point to go back to. */
  mark(): number {
    return this.journal.length;
  }

  /** Forgets what was bound since the mark. */
  rollback(mark: number): void {
    for (const [recorded, simulated] of this.journal.splice(mark)) {
      this.toSimulated.delete(recorded);
      this.toRecorded.delete(simulated);
    }
  }
}
