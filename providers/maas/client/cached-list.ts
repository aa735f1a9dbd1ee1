import { isDeepStrictEqual } from "node:util";

/** Maximum age of a list that serves a plain read, in milliseconds: one command's refresh needs one list of each kind. */
export const readAge = 120_000;

/** What is known of one object. */
interface Entry<Answer> {
  /** Undefined: the object does not exist. */
  readonly value: Answer | undefined;
  /** The turn in which the request was sent that the value answers. */
  readonly sent: number;
  /** The turn in which the last answer about it arrived, or a write with an unknown result ended. */
  readonly until: number;
  /** When that was, in milliseconds. */
  readonly at: number;
  /** Whether the value may be outdated: only an answer to a request that is sent from now on settles it. */
  readonly doubted: boolean;
}

/** A list request under way. */
interface Load {
  readonly sent: number;
  readonly done: Promise<void>;
}

/**
 * The objects of one kind as MAAS listed or answered them. Concurrent readers share one list request, later ones its answer for a while; the
 * answer of a write updates only the object that it is about.
 *
 * Every request gets the number of the turn in which it was sent. Of two answers about an object the later one is fresher only when its request
 * was sent after the other answer had arrived. Otherwise, if they differ, nobody can tell which is fresher: the object is in doubt and the next
 * reader has to read it by itself. So a write never wins over a fresher list, nor an old list over a write.
 */
export class CachedList<Answer> {
  private readonly entries = new Map<string, Entry<Answer>>();
  private listed: { readonly sent: number; readonly at: number } | undefined;
  private pending: Load | undefined;
  private queued: Load | undefined;
  private turn = 0;
  /** Lists sent up to this turn do not count any more. */
  private forgotten = 0;

  constructor(
    private readonly load: () => Promise<readonly Answer[]>,
    readonly keyOf: (answer: Answer) => string,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * All objects, from a list that is at most `age` milliseconds old. 0 forces a list that is sent after this call: one that is under way may have
   * been sampled before what the caller wants to see.
   */
  async all(age: number = readAge): Promise<readonly Answer[]> {
    await this.loaded(age);
    return [...this.entries.values()].flatMap(({ value }) => (value === undefined ? [] : [value]));
  }

  /** One object, from a list or an answer of its own that is at most `age` milliseconds old. */
  async get(key: string, age: number = readAge): Promise<Answer | undefined> {
    const entry = this.entries.get(key);
    if (entry?.value !== undefined && entry.sent > this.forgotten && age > 0 && this.now() - entry.at <= age) {
      return entry.value;
    }
    await this.loaded(age);
    return this.entries.get(key)?.value;
  }

  /** The keys in doubt. */
  doubted(): readonly string[] {
    return [...this.entries].flatMap(([key, { doubted }]) => (doubted ? [key] : []));
  }

  /** Whether an object's value may be outdated. */
  isDoubted(key: string): boolean {
    return this.entries.get(key)?.doubted === true;
  }

  /** The turn of a request that is sent now; its answer is handed in together with it. */
  send(): number {
    this.turn += 1;
    return this.turn;
  }

  /** Records the answer about an object to a request of that turn. */
  put(answer: Answer, sent: number): void {
    this.merge(this.keyOf(answer), answer, sent);
  }

  /** Records that an object does not exist, by the answer to a request of that turn. */
  drop(key: string, sent: number): void {
    this.merge(key, undefined, sent);
  }

  /** Puts an object in doubt: something changes it, or may have changed it, and no answer shows the result. */
  doubt(key: string): void {
    this.turn += 1;
    const known = this.entries.get(key);
    const value = known?.value;
    this.entries.set(key, { value, sent: known?.sent ?? 0, until: this.turn, at: this.now(), doubted: true });
  }

  /** Makes the next reader reload the list. */
  forget(): void {
    this.turn += 1;
    this.forgotten = this.turn;
  }

  private async loaded(age: number): Promise<void> {
    const { listed } = this;
    if (listed !== undefined && listed.sent > this.forgotten && age > 0 && this.now() - listed.at <= age) return;
    if (this.pending === undefined) return this.start().done;
    if (age > 0 && this.pending.sent > this.forgotten) return this.pending.done;
    return this.following(this.pending).done;
  }

  /** The list that is sent when the one under way has ended; all who need one share it. */
  private following(pending: Load): Load {
    const start = async (): Promise<void> => {
      this.queued = undefined;
      return this.start().done;
    };
    this.queued ??= { sent: Number.POSITIVE_INFINITY, done: pending.done.then(start, start) };
    return this.queued;
  }

  private start(): Load {
    const sent = this.send();
    const load: Load = {
      sent,
      done: this.load()
        .then((answers) => this.replace(answers, sent))
        .finally(() => {
          if (this.pending === load) this.pending = undefined;
        }),
    };
    this.pending = load;
    return load;
  }

  private replace(answers: readonly Answer[], sent: number): void {
    const current = new Map(answers.map((answer) => [this.keyOf(answer), answer]));
    for (const key of this.entries.keys()) if (!current.has(key)) this.merge(key, undefined, sent);
    for (const [key, answer] of current) this.merge(key, answer, sent);
    this.listed = { sent, at: this.now() };
  }

  private merge(key: string, value: Answer | undefined, sent: number): void {
    this.turn += 1;
    const known = this.entries.get(key);
    const fresher = known === undefined || sent > known.until;
    // What does not exist is remembered too, so that a list that was sent before does not bring the object back.
    this.entries.set(key, {
      value,
      sent: fresher ? sent : Math.max(sent, known.sent),
      until: this.turn,
      at: this.now(),
      doubted: !fresher && (known.doubted || !isDeepStrictEqual(known.value, value)),
    });
  }
}
