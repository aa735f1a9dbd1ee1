/** Milliseconds between two looks at a cluster; `VMO_METAL_POLL_MILLISECONDS` changes it. */
const usualInterval = 5000;

/** Looks in a row that may get no answer at all. */
const looksWithoutAnswer = 12;

/** Milliseconds that an API server may take to start again, however often it is looked at. */
const leastSilence = 30_000;

/** How often a cluster is looked at, and how long it may give no answer at all: a minute. In milliseconds. */
export function patienceWithSilence(): { interval: number; silence: number } {
  const interval = Number(process.env["VMO_METAL_POLL_MILLISECONDS"] ?? usualInterval);
  return { interval, silence: Math.max(looksWithoutAnswer * interval, leastSilence) };
}
