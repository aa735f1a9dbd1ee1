/** Where the set-up says what it does. */
export interface Progress {
  /** Prints one line. */
  say(line: string): void;
}

/** Prints to standard error, so that a command's own output stays clean. */
export const consoleProgress: Progress = {
  say(line) {
    process.stderr.write(`${line}\n`);
  },
};

/** Says nothing. */
export const silentProgress: Progress = { say: () => undefined };

/** Seconds as people say them: `8 s`, `3 min 5 s`, `12 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  const minutes = `${Math.floor(whole / 60)} min`;
  return rest === 0 || whole >= 600 ? minutes : `${minutes} ${rest} s`;
}

/**
 * The expected length of a build that was measured on two cores. Compilers use more cores well; beyond eight, downloads and the linker
 * set the pace.
 *
 * @param seconds measured on two cores
 * @param cores   cores of this machine
 */
export function expectedSeconds(seconds: number, cores: number): number {
  return (seconds * 2) / Math.min(Math.max(cores, 1), 8);
}

/**
 * Runs `work` between a line that says what starts and how long it may take, and one that says how long it took; a line each minute
 * in between.
 */
export async function withProgress<T>(
  progress: Progress,
  what: { title: string; expected: number; how: "built" | "downloaded" },
  work: () => Promise<T>,
): Promise<T> {
  const start = Date.now();
  const elapsed = (): string => duration((Date.now() - start) / 1000);
  progress.say(`${what.title}: being ${what.how}, about ${duration(what.expected)} …`);
  const minute = setInterval(() => {
    progress.say(`${what.title}: still being ${what.how} after ${elapsed()} of about ${duration(what.expected)}`);
  }, 60_000).unref();
  try {
    const result = await work();
    progress.say(`${what.title}: ${what.how} in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(minute);
  }
}
