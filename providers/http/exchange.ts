import * as http from "node:http";
import * as https from "node:https";
import axios, { type AxiosInstance, isAxiosError } from "axios";
import type { RequestLimits } from "./limits";
import { environmentProxy } from "./proxy";
import { deadlineExceeded, type Outcome, tooLarge } from "./retry";

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of one try: an answer of any status, or the reason why there is none. */
export interface Exchange {
  readonly outcome: Outcome;
  /** The answer's body, or the network error's message. */
  readonly text: string;
  /** Media type without parameters, lower case; empty when there is none. */
  readonly contentType: string;
  /** Where a redirect points to. */
  readonly location?: string;
}

/** How a server is reached. */
export interface ServerOptions {
  /** Base address; decides whether the environment's proxy is used. */
  readonly url: string;
  /** PEM of a certificate authority that signs the server's certificate. Absent: those that Node.js trusts. */
  readonly caCertificate?: string;
  /** Connections at most. */
  readonly connections: number;
}

/** Connections to one server, kept alive between requests. */
export class HttpExchanger {
  private readonly http: AxiosInstance;
  private readonly agents: { httpAgent: http.Agent; httpsAgent: https.Agent };

  constructor(
    server: ServerOptions,
    private readonly limits: RequestLimits,
  ) {
    const keepAlive = { keepAlive: true, keepAliveMsecs: 5000, maxSockets: server.connections };
    this.agents = {
      httpAgent: new http.Agent(keepAlive),
      httpsAgent: new https.Agent({
        ...keepAlive,
        ...(server.caCertificate === undefined ? {} : { ca: server.caCertificate }),
      }),
    };
    this.http = axios.create({
      ...this.agents,
      maxContentLength: limits.maxBytes,
      maxRedirects: 0,
      responseType: "text",
      transformRequest: (body: unknown) => body,
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
      ...(environmentProxy(server.url) === undefined ? { proxy: false as const } : {}),
    });
  }

  /** Sends one request once. Never throws for what the network or the server does. */
  async send(request: WireRequest): Promise<Exchange> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), this.limits.deadline);
    try {
      const response = await this.http.request<unknown>({
        method: request.method,
        url: request.url,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        signal: abort.signal,
      });
      const header = (name: string): string => String(response.headers[name] ?? "");
      const retryAfter = header("retry-after") === "" ? Number.NaN : Number(header("retry-after"));
      return {
        outcome: {
          status: response.status,
          ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
        },
        text: typeof response.data === "string" ? response.data : "",
        contentType: (header("content-type").split(";")[0] ?? "").trim().toLowerCase(),
        ...(header("location") === "" ? {} : { location: header("location") }),
      };
    } catch (failure) {
      if (!isAxiosError(failure)) throw failure;
      return { outcome: { code: this.codeOf(failure, abort.signal) }, text: networkMessage(failure), contentType: "" };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  private codeOf(failure: Error & { code?: string }, signal: AbortSignal): string {
    if (signal.aborted) return deadlineExceeded;
    if (failure.message.startsWith("maxContentLength")) return tooLarge;
    return failure.code ?? "ERR_NETWORK";
  }
}

/** Node.js hides the reason behind an AggregateError without a message when a host has several addresses. */
function networkMessage(failure: Error): string {
  const { cause } = failure;
  if (cause instanceof AggregateError) return cause.errors.map(String).join("; ");
  return failure.message === "" ? "the connection failed" : failure.message;
}
