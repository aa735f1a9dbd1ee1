import { setTimeout as pause } from "node:timers/promises";

/** How long and how often to look at a condition that announces itself in no other way. */
export interface Patience {
  /** Ends the wait with an error; milliseconds. */
  timeout: number;
  /** Between two looks; milliseconds. Default 25. */
  every?: number;
}

/**
 * Waits for a condition of another process or server, which can only be looked at (an exit of a process that is not
 * our child, a port that answers). `look` answers undefined while the condition does not hold; what it throws ends the wait.
 * @throws Error `<what> did not happen within <n> s` after `timeout`.
 */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  patience: Patience,
): Promise<Value> {
  const deadline = performance.now() + patience.timeout;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (performance.now() >= deadline) throw new Error(`${what}: not within ${patience.timeout / 1000} s`);
    await pause(patience.every ?? 25);
  }
}
