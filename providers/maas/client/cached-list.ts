/** How old a list may be to serve a plain read, in milliseconds. One command's refresh so needs one list of each kind. */
export const readAge = 120_000;

/**
 * The objects of one kind as MAAS listed them: concurrent readers share one request, later ones its answer for a while. What our own
 * writes were answered replaces the entries concerned, so that a write costs no further list.
 */
export class CachedList<Answer> {
  private entries: Map<string, Answer> | undefined;
  private at = 0;
  private pending: Promise<Map<string, Answer>> | undefined;
  /** What was written while a list was under way: that list may not show it. */
  private readonly written = new Map<string, Answer | undefined>();

  constructor(
    private readonly load: () => Promise<readonly Answer[]>,
    readonly keyOf: (answer: Answer) => string,
    private readonly now: () => number = Date.now,
  ) {}

  /** All objects, from a list that is at most `age` milliseconds old; 0 asks anew (or joins who asks already). */
  async all(age: number = readAge): Promise<readonly Answer[]> {
    return [...(await this.map(age)).values()];
  }

  /** One object of such a list. */
  async get(key: string, age: number = readAge): Promise<Answer | undefined> {
    return (await this.map(age)).get(key);
  }

  /** One object as it was last listed or answered, however long ago; asks nothing. */
  peek(key: string): Answer | undefined {
    return this.entries?.get(key);
  }

  /** Takes over what a write was answered. */
  put(answer: Answer): void {
    this.set(this.keyOf(answer), answer);
  }

  /** Takes over that an object is gone. */
  drop(key: string): void {
    this.set(key, undefined);
  }

  /** Makes the next reader ask anew. */
  forget(): void {
    this.entries = undefined;
    this.pending = undefined;
  }

  private async map(age: number): Promise<Map<string, Answer>> {
    if (this.entries !== undefined && this.now() - this.at <= age && age > 0) return this.entries;
    this.pending ??= this.reload();
    return this.pending;
  }

  private reload(): Promise<Map<string, Answer>> {
    this.written.clear();
    const loading: Promise<Map<string, Answer>> = this.load()
      .then((answers) => {
        const entries = new Map(answers.map((answer) => [this.keyOf(answer), answer]));
        for (const [key, answer] of this.written) {
          if (answer === undefined) entries.delete(key);
          else entries.set(key, answer);
        }
        if (this.pending === loading) {
          this.entries = entries;
          this.at = this.now();
        }
        return entries;
      })
      .finally(() => {
        if (this.pending === loading) this.pending = undefined;
      });
    return loading;
  }

  private set(key: string, answer: Answer | undefined): void {
    this.written.set(key, answer);
    if (answer === undefined) this.entries?.delete(key);
    else this.entries?.set(key, answer);
  }
}
