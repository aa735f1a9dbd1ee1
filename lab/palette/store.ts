import type { State } from "./model/state";
import type { SealedFile } from "./sealed-file";

/** Holds the state in memory and, with a file, on disk: what `save()` returned from survives a kill. */
export class Store {
  state: State;
  private saved = "";
  private count = 0;

  /**
   * @param seed makes the state of a fresh lab.
   * @param file where the state is kept; absent: in memory only.
   */
  constructor(
    private readonly seed: () => State,
    private readonly file?: SealedFile,
  ) {
    this.state = (file?.read() as State | undefined) ?? seed();
    this.save();
  }

  /** Grows with every `save()`: the same number means that nothing was changed. */
  get revision(): number {
    return this.count;
  }

  /** Says that the state may have changed: it is written if it did. */
  save(): void {
    this.count += 1;
    if (!this.file) return;
    const text = JSON.stringify(this.state);
    if (text === this.saved) return;
    this.file.write(text);
    this.saved = text;
  }

  /** Back to a fresh lab. */
  reset(): void {
    this.state = this.seed();
    this.save();
  }
}
