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

/** How often an operation was asked, and how long its answers took together. */
export interface OperationFigures {
  readonly requests: number;
  /** The times of all answers added up, also where they overlap. */
  readonly seconds: number;
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
  /** By operation, the one that took longest first: where the time in the server goes. */
  readonly operations: Readonly<Record<string, OperationFigures>>;
}

/** Counts a log. Pure. */
export function requestFigures({ requests, inFlightHighWaterMark }: RequestLog): RequestFigures {
  const reads = requests.filter(({ method }) => method === "GET").length;
  return {
    requests: requests.length,
    reads,
    writes: requests.length - reads,
    inFlight: inFlightHighWaterMark,
    secondsInServer: tenths(coveredMilliseconds(requests)),
    operations: operationFigures(requests),
  };
}

function operationFigures(requests: readonly LoggedRequest[]): Record<string, OperationFigures> {
  const sums = new Map<string, { requests: number; milliseconds: number }>();
  for (const request of requests) {
    const name = operationName(request);
    const { requests: count, milliseconds } = sums.get(name) ?? { requests: 0, milliseconds: 0 };
    const took = (request.endedAt ?? request.startedAt) - request.startedAt;
    sums.set(name, { requests: count + 1, milliseconds: milliseconds + took });
  }
  return Object.fromEntries(
    [...sums]
      .sort(([, one], [, other]) => other.milliseconds - one.milliseconds)
      .map(([name, { requests: count, milliseconds }]) => [name, { requests: count, seconds: tenths(milliseconds) }]),
  );
}

/** Below these stand names and ids of single objects. */
const collections =
  "boot-resources|dnsresourcerecords|dnsresources|domains|fabrics|interfaces|ipranges|machines|nodes|rackcontrollers|resourcepool|spaces|static-routes|subnets|tags|vlans|zones";

/** What a request does, whatever object it does it to: `POST nodes/*\/interfaces/ create_bond`. Pure. */
export function operationName({ method, path, operation }: LoggedRequest): string {
  const plain = path
    .replace(/^.*\/api\/2\.0\//, "")
    .replaceAll(new RegExp(`(^|/)(${collections})/[^/]+(?=/)`, "g"), "$1$2/*");
  return `${method} ${plain}${operation === undefined ? "" : ` ${operation}`}`;
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
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
