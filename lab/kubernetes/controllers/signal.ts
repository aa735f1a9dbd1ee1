/** Wakes one waiter: a `raise` before the wait is kept, several count as one. */
export class Signal {
  private raised = false;
  private wake: (() => void) | undefined;

  /** Ends the present or the next wait. */
  raise(): void {
    this.raised = true;
    this.wake?.();
  }

  /** Resolves at a `raise`, or after `milliseconds` if given. */
  async wait(milliseconds?: number): Promise<void> {
    if (!this.raised) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
      this.wake = undefined;
    }
    this.raised = false;
  }
}
