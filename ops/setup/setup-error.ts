/** A set-up step that cannot go on. The message says what failed, why, and what to do next. */
export class SetupError extends Error {
  override readonly name = "SetupError";

  /**
   * @param what what could not be done, e.g. `etcd 3.5.16 could not be built`
   * @param why  the reason in one sentence, or the tool's own words
   * @param next what the user can do about it
   */
  constructor(
    readonly what: string,
    readonly why: string,
    readonly next: string,
  ) {
    super(`${what}.\n  Why: ${why}\n  Next: ${next}`);
  }
}
