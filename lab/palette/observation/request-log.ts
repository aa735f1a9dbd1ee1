/** One request that the simulator took. No credentials, no bodies. */
export interface LoggedRequest {
  method: string;
  path: string;
  /** The operation's path with parameters in braces; absent when the router knew none. */
  operation?: string;
  /** Whether it came with a project scope. */
  projectScoped: boolean;
  /** 0 while it is in flight, and when the connection was cut. */
  status: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt?: number;
}

/** The requests since the start or the last clearing, and the most that were in flight at once. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  private inFlight = 0;
  private highWaterMark = 0;

  /** Most requests that were in flight at the same time. */
  get maximumInFlight(): number {
    return this.highWaterMark;
  }

  /** Notes a request's start. */
  begin(method: string, path: string, projectScoped: boolean): LoggedRequest {
    const entry: LoggedRequest = { method, path, projectScoped, status: 0, startedAt: Date.now() };
    this.entries.push(entry);
    this.inFlight += 1;
    this.highWaterMark = Math.max(this.highWaterMark, this.inFlight);
    return entry;
  }

  /** Notes its end. */
  end(entry: LoggedRequest, status: number): void {
    entry.status = status;
    entry.endedAt = Date.now();
    this.inFlight -= 1;
  }

  /** Forgets everything that has ended. */
  clear(): void {
    this.entries.splice(0, this.entries.length, ...this.entries.filter((entry) => entry.endedAt === undefined));
    this.highWaterMark = this.inFlight;
  }
}
