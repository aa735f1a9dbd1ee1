import type { State } from "./model/state";
import type { SealedFile } from "./sealed-file";

/** Holds the state in memory and, with a file, on disk: what `save()` returned from survives a kill. */
export class Store {
  state: State;
  private saved = "";

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

  /** Writes the state if it changed since it was last written. */
  save(): void {
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
