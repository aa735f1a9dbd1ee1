import { defaultMaxBytes } from "../../http/limits";
import { secretsIn } from "../../http/redact";
import type { RetryLimits } from "../../http/retry";
import { HttpTransport } from "../../http/transport";
import { explainPalette } from "./failure";
import { RateLimiter } from "./rate-limit";
import type { RequestBody } from "./request-body";

/** One request of the Palette API. */
export interface PaletteRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** From `/v1/` on, escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly body?: RequestBody;
  /** Uid of the project whose scope the request has. Absent: the tenant's scope, which few calls have. */
  readonly projectUid?: string;
  /** For a POST or PATCH: doing it twice equals doing it once. */
  readonly repeatable?: boolean;
}

/** What a transport is made of. */
export interface TransportOptions {
  /** With scheme, without a trailing slash. */
  readonly url: string;
  /** Returns the key, or throws an InputError that says how to set one. */
  readonly credentials: () => string;
  /** Where the key comes from, for messages. */
  readonly keyOrigin: string;
  /** The project's name, for messages. */
  readonly project: string;
  /** PEM of a certificate authority that signs the server's certificate. */
  readonly caCertificate?: string;
  readonly retry?: Partial<RetryLimits>;
  /** Deadline of one request, in milliseconds. Default 60000. */
  readonly timeout?: number;
  /** Size limit of one answer, in bytes after decompression. Default 64 MiB. */
  readonly maxBytes?: number;
}

/** Speaks HTTP with one Palette, within its rate limits. */
export class Transport extends HttpTransport<PaletteRequest> {
  constructor(options: TransportOptions) {
    const { url, credentials, keyOrigin, project, timeout = 60_000, maxBytes = defaultMaxBytes } = options;
    const rate = new RateLimiter();
    const endpoint = ({ path, query = {} }: PaletteRequest): string => {
      const encoded = new URLSearchParams(
        Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
      );
      return `${url}${path}${encoded.size === 0 ? "" : `?${encoded.toString()}`}`;
    };
    super(
      {
        api: "Palette",
        setting: "palette",
        async wire(request) {
          const key = credentials();
          await rate.admit(request.path);
          return {
            method: request.method,
            url: endpoint(request),
            headers: {
              Accept: "application/json, application/octet-stream",
              ApiKey: key,
              ...(request.projectUid === undefined ? {} : { ProjectUid: request.projectUid }),
              ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
            },
            ...(request.body === undefined ? {} : { body: JSON.stringify(request.body.value) }),
          };
        },
        describe: (request) => ({ method: request.method, endpoint: endpoint(request) }),
        repeatable: ({ method, repeatable }) => ["GET", "PUT", "DELETE"].includes(method) || repeatable === true,
        explain: ({ method, projectUid }, answer) =>
          explainPalette({ method, keyOrigin, ...(projectUid === undefined ? {} : { project }) }, answer),
        secrets: ({ body }) => [...keyOf(credentials), ...secretsIn(body?.value)],
      },
      {
        url,
        ...(options.caCertificate === undefined ? {} : { caCertificate: options.caCertificate }),
        retry: { longestPause: 30_000, ...options.retry },
        limits: { deadline: timeout, maxBytes },
      },
    );
  }
}

function keyOf(credentials: () => string): string[] {
  try {
    return [credentials()];
  } catch {
    return [];
  }
}
