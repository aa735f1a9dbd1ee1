import * as http from "node:http";
import * as https from "node:https";
import axios, { type AxiosInstance, isAxiosError } from "axios";
import { ApiError } from "../../dynamic/errors";
import type { ApiKey } from "./api-key";
import { apiError } from "./failure";
import { type FieldPairs, type Fields, encodeForm } from "./form";
import { redact } from "./redact";
import { type Outcome, type RetryLimits, defaultRetryLimits, pauseBeforeRetry } from "../../http/retry";
import { Semaphore } from "../../http/semaphore";
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

/** An answer of status 2xx. */
export interface MaasAnswer {
  readonly status: number;
  readonly text: string;
}

/** What a transport is made of. */
export interface TransportOptions {
  /** Ends in `/MAAS`, without `/api/2.0`. */
  readonly url: string;
  /** Answers the key, or throws an InputError that says how to set one. */
  readonly credentials: () => ApiKey;
  /** Where the key comes from, for messages. */
  readonly keyOrigin: string;
  /** PEM of a certificate authority that signs the server's certificate. */
  readonly caCertificate?: string;
  /** Requests in flight at most. Default 8. */
  readonly parallel?: number;
  readonly retry?: Partial<RetryLimits>;
  /** How long an answer may take, in milliseconds. Default 180000: MAAS takes close to a minute when many write to one machine. */
  readonly timeout?: number;
}

/** Speaks HTTP with one MAAS: signs, limits, repeats, redacts. */
export class Transport {
  readonly url: string;
  private readonly http: AxiosInstance;
  private readonly limits: RetryLimits;
  private readonly places: Semaphore;
  private readonly agents: { httpAgent: http.Agent; httpsAgent: https.Agent };

  constructor(private readonly options: TransportOptions) {
    this.url = options.url;
    this.limits = { ...defaultRetryLimits, ...options.retry };
    this.places = new Semaphore(options.parallel ?? 8);
    const keepAlive = { keepAlive: true, keepAliveMsecs: 5000, maxSockets: this.places.limit };
    this.agents = {
      httpAgent: new http.Agent(keepAlive),
      httpsAgent: new https.Agent({
        ...keepAlive,
        ...(options.caCertificate === undefined ? {} : { ca: options.caCertificate }),
      }),
    };
    this.http = axios.create({
      ...this.agents,
      baseURL: `${options.url}/api/2.0/`,
      timeout: options.timeout ?? 180_000,
      maxRedirects: 0,
      responseType: "text",
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
      ...(isLoopback(options.url) ? { proxy: false as const } : {}),
    });
  }

  /** Sends a request until it succeeds or must not be repeated. @throws ApiError */
  async send(request: MaasRequest): Promise<MaasAnswer> {
    for (let number = 1; ; number += 1) {
      const result = await this.places.run(() => this.try(request));
      if ("text" in result && "status" in result.outcome && isSuccess(result.outcome.status)) {
        return { status: result.outcome.status, text: result.text };
      }
      const repeatable = request.method !== "POST" || request.repeatable === true;
      const pause = pauseBeforeRetry({ number, repeatable, outcome: result.outcome }, this.limits, Math.random());
      if (pause === undefined) throw this.failure(request, result.outcome, result.text, number);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Sends a request and reads its answer as JSON. @throws ApiError also when the answer is none. */
  async json<Answer>(request: MaasRequest): Promise<Answer> {
    const answer = await this.send(request);
    try {
      return JSON.parse(answer.text) as Answer;
    } catch {
      const start = answer.text.trim().slice(0, 80);
      throw new ApiError({
        api: "MAAS",
        method: request.method,
        endpoint: this.endpoint(request),
        status: answer.status,
        detail: `not with JSON but with: ${this.redacted(start)}`,
        advice: "Check maas.url in vmo-metal:datacenter: something else than MAAS seems to answer there.",
      });
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  private async try(request: MaasRequest): Promise<{ outcome: Outcome; text: string }> {
    const signed = request.anonymous === true ? {} : { Authorization: authorization(this.options.credentials()) };
    try {
      const response = await this.http.request<string>({
        method: request.method,
        url: request.path,
        ...(request.query === undefined ? {} : { params: new URLSearchParams(encodeForm(request.query)) }),
        headers: { Accept: "application/json", ...signed },
        ...(request.form === undefined ? {} : { data: new URLSearchParams(encodeForm(request.form)) }),
      });
      const retryAfter = Number(response.headers["retry-after"] ?? Number.NaN);
      return {
        outcome: {
          status: response.status,
          ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
        },
        text: typeof response.data === "string" ? response.data : "",
      };
    } catch (failure) {
      if (!isAxiosError(failure)) throw failure;
      return { outcome: { code: failure.code ?? "ERR_NETWORK" }, text: networkMessage(failure) };
    }
  }

  private failure(request: MaasRequest, outcome: Outcome, text: string, tries: number): ApiError {
    return apiError({
      method: request.method,
      endpoint: this.endpoint(request),
      outcome,
      text: this.redacted(text),
      tries,
      keyOrigin: this.options.keyOrigin,
    });
  }

  private redacted(text: string): string {
    return redact(text, keyOrNone(this.options.credentials));
  }

  private endpoint(request: MaasRequest): string {
    const query = request.query === undefined ? "" : `?${encodeForm(request.query)}`;
    return `${this.url}/api/2.0/${request.path}${query}`;
  }
}

function keyOrNone(credentials: () => ApiKey): ApiKey | undefined {
  try {
    return credentials();
  } catch {
    return undefined;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Node hides what happened behind an AggregateError without a message when a host has several addresses. */
function networkMessage(failure: Error): string {
  const { cause } = failure;
  if (cause instanceof AggregateError) return cause.errors.map(String).join("; ");
  return failure.message === "" ? "the connection failed" : failure.message;
}

function isLoopback(url: string): boolean {
  return /^https?:\/\/(127\.|localhost|\[::1\])/.test(url);
}
