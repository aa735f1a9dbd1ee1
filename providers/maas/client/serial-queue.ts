/**
 * Runs work on one subject one after the other, work on different subjects side by side. MAAS answers concurrent writes to one
 * machine correctly but very slowly (it retries its transactions inside), so that writes to a machine go through here.
 */
export class SerialQueue {
  private readonly last = new Map<string, Promise<void>>();

  async run<Result>(subject: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(subject) ?? Promise.resolve();
    const outcome = before.then(work);
    const settled = outcome.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(subject, settled);
    try {
      return await outcome;
    } finally {
      if (this.last.get(subject) === settled) this.last.delete(subject);
    }
  }
}
