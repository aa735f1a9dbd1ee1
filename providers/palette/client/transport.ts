import * as http from "node:http";
import * as https from "node:https";
import axios, { type AxiosInstance, isAxiosError } from "axios";
import { ApiError } from "../../dynamic/errors";
import { apiError } from "./failure";
import { RateLimiter } from "./rate-limit";
import { type Outcome, type RetryLimits, defaultRetryLimits, pauseBeforeRetry } from "../../http/retry";
import { Semaphore } from "../../http/semaphore";

/** One request of the Palette API. */
export interface PaletteRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** From `/v1/` on, escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Uid of the project whose scope the request has. Absent: the tenant's scope, which few calls have. */
  readonly projectUid?: string;
  /** For a POST or PATCH: doing it twice equals doing it once. */
  readonly repeatable?: boolean;
}

/** What a transport is made of. */
export interface TransportOptions {
  /** With scheme, without a trailing slash. */
  readonly url: string;
  /** Answers the key, or throws an InputError that says how to set one. */
  readonly credentials: () => string;
  /** Where the key comes from, for messages. */
  readonly keyOrigin: string;
  /** The project's name, for messages. */
  readonly project: string;
  /** PEM of a certificate authority that signs the server's certificate. */
  readonly caCertificate?: string;
  readonly retry?: Partial<RetryLimits>;
  /** How long an answer may take, in milliseconds. Default 60000. */
  readonly timeout?: number;
}

/** Speaks HTTP with one Palette: authenticates, keeps to the rate limits, repeats, redacts. */
export class Transport {
  readonly url: string;
  private readonly http: AxiosInstance;
  private readonly limits: RetryLimits;
  private readonly places = new Semaphore(8);
  private readonly rate = new RateLimiter();

  constructor(private readonly options: TransportOptions) {
    this.url = options.url;
    this.limits = { ...defaultRetryLimits, longestPause: 30_000, ...options.retry };
    const keepAlive = { keepAlive: true, keepAliveMsecs: 5000, maxSockets: this.places.limit };
    this.http = axios.create({
      httpAgent: new http.Agent(keepAlive),
      httpsAgent: new https.Agent({
        ...keepAlive,
        ...(options.caCertificate === undefined ? {} : { ca: options.caCertificate }),
      }),
      baseURL: options.url,
      timeout: options.timeout ?? 60_000,
      maxRedirects: 0,
      responseType: "text",
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
      ...(/^https?:\/\/(127\.|localhost|\[::1\])/.test(options.url) ? { proxy: false as const } : {}),
    });
  }

  /** Sends a request until it succeeds or must not be repeated; answers the body's text. @throws ApiError */
  async text(request: PaletteRequest): Promise<string> {
    for (let number = 1; ; number += 1) {
      const result = await this.places.run(() => this.try(request));
      if ("status" in result.outcome && result.outcome.status >= 200 && result.outcome.status < 300) return result.text;
      const repeatable = ["GET", "PUT", "DELETE"].includes(request.method) || request.repeatable === true;
      const pause = pauseBeforeRetry({ number, repeatable, outcome: result.outcome }, this.limits, Math.random());
      if (pause === undefined) throw this.failure(request, result.outcome, result.text, number);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Sends a request and reads its answer as JSON; an empty answer is null. @throws ApiError also when the answer is no JSON. */
  async json<Answer>(request: PaletteRequest): Promise<Answer> {
    const text = await this.text(request);
    try {
      return (text.trim() === "" ? null : JSON.parse(text)) as Answer;
    } catch {
      throw new ApiError({
        api: "Palette",
        method: request.method,
        endpoint: this.endpoint(request),
        detail: `the answer is not JSON but: ${this.redacted(text.trim().slice(0, 80))}`,
        advice: "Check palette.url in vmo-metal:datacenter: something else than Palette seems to answer there.",
      });
    }
  }

  private async try(request: PaletteRequest): Promise<{ outcome: Outcome; text: string }> {
    const key = this.options.credentials();
    await this.rate.admit(request.path);
    try {
      const response = await this.http.request<string>({
        method: request.method,
        url: request.path,
        ...(request.query === undefined ? {} : { params: request.query }),
        headers: {
          Accept: "application/json, application/octet-stream",
          ApiKey: key,
          ...(request.projectUid === undefined ? {} : { ProjectUid: request.projectUid }),
          ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      });
      const retryAfter = Number(response.headers["retry-after"] ?? Number.NaN);
      const outcome = {
        status: response.status,
        ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
      };
      return { outcome, text: typeof response.data === "string" ? response.data : "" };
    } catch (failure) {
      if (!isAxiosError(failure)) throw failure;
      return { outcome: { code: failure.code ?? "ERR_NETWORK" }, text: failure.message || String(failure.cause) };
    }
  }

  private failure(request: PaletteRequest, outcome: Outcome, text: string, tries: number): ApiError {
    return apiError({
      method: request.method,
      endpoint: this.endpoint(request),
      ...("code" in outcome ? {} : { status: outcome.status }),
      text: this.redacted(text),
      tries,
      keyOrigin: this.options.keyOrigin,
      ...(request.projectUid === undefined ? {} : { project: this.options.project }),
    });
  }

  private redacted(text: string): string {
    return text.replaceAll(this.options.credentials(), "[hidden]");
  }

  private endpoint(request: PaletteRequest): string {
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
    );
    return `${this.url}${request.path}${query.size === 0 ? "" : `?${query.toString()}`}`;
  }
}
