import type { ApiKey } from "./api-key";
import { explainMaas } from "./failure";
import { type FieldPairs, type Fields, encodeForm } from "./form";
import { defaultMaxBytes } from "../../http/limits";
import type { RetryLimits } from "../../http/retry";
import { HttpTransport } from "../../http/transport";
import { secretsIn } from "../../http/redact";
import { authorization } from "./signature";

/** One request of the MAAS API. */
export interface MaasRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/2.0/`, with its trailing slash and escaped: `resourcepool/3/`. */
  readonly path: string;
  readonly query?: Fields;
  readonly form?: Fields | FieldPairs;
  /** For a POST: doing it twice equals doing it once. */
  readonly repeatable?: boolean;
  /** Sent without credentials (only `version/` is). */
  readonly anonymous?: boolean;
}

/** What a transport is made of. */
export interface TransportOptions {
  /** Ends in `/MAAS`, without `/api/2.0`. */
  readonly url: string;
  /** Returns the key, or throws an InputError that says how to set one. */
  readonly credentials: () => ApiKey;
  /** Where the key comes from, for messages. */
  readonly keyOrigin: string;
  /** PEM of a certificate authority that signs the server's certificate. */
  readonly caCertificate?: string;
  /** Requests in flight at most. Default 8. */
  readonly parallel?: number;
  readonly retry?: Partial<RetryLimits>;
  /** Deadline of one request, in milliseconds. Default 180000: MAAS takes close to a minute when many write to one machine. */
  readonly timeout?: number;
  /** Size limit of one answer, in bytes after decompression. Default 64 MiB, about 2000 machines. */
  readonly maxBytes?: number;
}

/** Speaks HTTP with one MAAS. */
export class Transport extends HttpTransport<MaasRequest> {
  constructor(options: TransportOptions) {
    const { credentials, keyOrigin, timeout = 180_000, maxBytes = defaultMaxBytes, ...rest } = options;
    const endpoint = ({ path, query }: MaasRequest): string =>
      `${options.url}/api/2.0/${path}${query === undefined ? "" : `?${encodeForm(query)}`}`;
    super(
      {
        api: "MAAS",
        setting: "maas",
        wire: (request) => ({
          method: request.method,
          url: endpoint(request),
          headers: {
            Accept: "application/json",
            ...(request.anonymous === true ? {} : { Authorization: authorization(credentials()) }),
            ...(request.form === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
          },
          ...(request.form === undefined ? {} : { body: encodeForm(request.form) }),
        }),
        describe: (request) => ({ method: request.method, endpoint: endpoint(request) }),
        repeatable: ({ method, repeatable }) => method !== "POST" || repeatable === true,
        explain: (request, answer) =>
          explainMaas({ method: request.method, sendsValues: sendsValues(request), keyOrigin }, answer),
        secrets: ({ form = {} }) => [
          ...keyParts(credentials),
          ...secretsIn(Array.isArray(form) ? Object.fromEntries(form as FieldPairs) : form),
        ],
      },
      { ...rest, limits: { deadline: timeout, maxBytes } },
    );
  }
}

function sendsValues({ method, form = {} }: MaasRequest): boolean {
  return (method === "POST" || method === "PUT") && encodeForm(form) !== "";
}

/** The parts of the key, all of which are secrets; none when there is no key. */
function keyParts(credentials: () => ApiKey): string[] {
  try {
    const { consumerKey, tokenKey, tokenSecret } = credentials();
    return [tokenSecret, tokenKey, consumerKey];
  } catch {
    return [];
  }
}
