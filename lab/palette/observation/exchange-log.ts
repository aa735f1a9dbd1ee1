import { appendFileSync } from "node:fs";
import { withoutSecrets } from "./masking";

/** A body as it is recorded: JSON with secrets masked, or only the kind of what else it was. */
export interface RecordedBody {
  contentType: string;
  /** JSON bodies; of a multipart form the fields, a file's JSON parsed. */
  json?: unknown;
}

/** One request with its answer, secrets masked: what conformance is checked on. */
export interface Exchange {
  method: string;
  path: string;
  /** Query as sent, without `?`. */
  query: string;
  projectScoped: boolean;
  request?: RecordedBody;
  status: number;
  response?: RecordedBody;
}

/** Records exchanges in memory and, with a file, as one JSON object a line. */
export class ExchangeLog {
  readonly entries: Exchange[] = [];

  /** @param file added to when it exists, so that a restart loses nothing. */
  constructor(private readonly file?: string) {}

  /** Adds one; bodies are masked here. */
  add(exchange: Exchange): void {
    const masked = { ...exchange, ...masking("request", exchange.request), ...masking("response", exchange.response) };
    this.entries.push(masked);
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(masked)}\n`, { mode: 0o600 });
  }

  /** Forgets what was recorded in memory. */
  clear(): void {
    this.entries.length = 0;
  }
}

function masking(name: "request" | "response", body: RecordedBody | undefined): Record<string, RecordedBody> {
  if (body === undefined) return {};
  return { [name]: "json" in body ? { ...body, json: withoutSecrets(body.json) } : body };
}
