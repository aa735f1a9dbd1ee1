/** A request out of a simulator's log. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Absent while it is under way. */
  readonly endedAt?: number;
  /** Name of the operation, where the log tells it. */
  readonly operation?: string;
}

/** A server's log since it was last emptied. */
export interface RequestLog {
  readonly inFlightHighWaterMark: number;
  readonly requests: readonly LoggedRequest[];
}

/** Figures of a server's log. */
export interface RequestFigures {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** Most requests under way at once. */
  readonly inFlight: number;
  /** Seconds in which at least one request was under way: the part of a run that waits for the server. */
  readonly secondsInServer: number;
}

/** Counts a log. Pure. */
export function requestFigures({ requests, inFlightHighWaterMark }: RequestLog): RequestFigures {
  const reads = requests.filter(({ method }) => method === "GET").length;
  return {
    requests: requests.length,
    reads,
    writes: requests.length - reads,
    inFlight: inFlightHighWaterMark,
    secondsInServer: Math.round(coveredMilliseconds(requests) / 100) / 10,
  };
}

/** Length of the union of all requests' times. */
function coveredMilliseconds(requests: readonly LoggedRequest[]): number {
  const spans = requests
    .map(({ startedAt, endedAt }) => ({ startedAt, endedAt: endedAt ?? startedAt }))
    .sort((one, other) => one.startedAt - other.startedAt);
  let covered = 0;
  let until = 0;
  for (const { startedAt, endedAt } of spans) {
    covered += Math.max(0, endedAt - Math.max(startedAt, until));
    until = Math.max(until, endedAt);
  }
  return covered;
}

/** The most requests that begin within any one second. Pure. */
export function busiestSecond(requests: readonly LoggedRequest[]): number {
  const times = requests.map(({ startedAt }) => startedAt).sort((one, other) => one - other);
  let most = 0;
  let first = 0;
  for (const [last, time] of times.entries()) {
    while (time - (times[first] ?? time) >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
