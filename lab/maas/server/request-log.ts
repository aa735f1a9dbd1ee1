/** One request as it was served. Bodies and credentials are never kept. */
export interface RequestRecord {
  id: number;
  method: string;
  /** Decoded path without the query. */
  path: string;
  query: string;
  /** Value of `op`. */
  operation?: string;
  /** Undefined while under way, and when the connection was cut. */
  status?: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
  endedAt?: number;
  /** Requests under way when this one came, itself included. */
  inFlight: number;
}

/** Requests kept; the oldest go first. */
const KEPT = 50_000;

/** The requests that a simulator served, for tests that count them. */
export class RequestLog implements Iterable<RequestRecord> {
  private records: RequestRecord[] = [];
  private next = 1;
  private underWay = 0;
  private most = 0;

  /** Requests in the order they came. */
  list(): readonly RequestRecord[] {
    return this.records;
  }

  [Symbol.iterator](): Iterator<RequestRecord> {
    return this.records[Symbol.iterator]();
  }

  get length(): number {
    return this.records.length;
  }

  /** Requests under way now. */
  get inFlight(): number {
    return this.underWay;
  }

  /** Most requests that were under way at once since the last `clear`. */
  get inFlightHighWaterMark(): number {
    return this.most;
  }

  /** Forgets what was served and starts the high-water mark anew. */
  clear(): void {
    this.records = [];
    this.most = this.underWay;
  }

  /** Notes the start of a request. */
  start(method: string, path: string, query: string): RequestRecord {
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    const record = { id: this.next, method, path, query, startedAt: Date.now(), inFlight: this.underWay };
    this.next += 1;
    this.records.push(record);
    if (this.records.length > KEPT) this.records.shift();
    return record;
  }

  /** Notes its end; without a status when the connection was cut. */
  end(record: RequestRecord, status?: number): void {
    this.underWay -= 1;
    record.endedAt = Date.now();
    if (status !== undefined) record.status = status;
  }
}
