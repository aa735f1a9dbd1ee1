import type { z } from "zod";
import { ApiError } from "../dynamic/errors";
import { describeMismatch } from "./answer-schema";
import { type Exchange, HttpExchanger, type WireRequest } from "./exchange";
import {
  describeBody,
  explainIntermediary,
  explainNetwork,
  type Explanation,
  isHtml,
  type ServerFacts,
} from "./explain";
import { type RequestLimits, requestLimits } from "./limits";
import { environmentProxy } from "./proxy";
import { hideSecrets } from "./redact";
import { defaultRetryLimits, pauseBeforeRetry, type RetryLimits } from "./retry";
import { Semaphore } from "./semaphore";

/** An answer of status 2xx. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** An answer of another status, as an API's own explanation reads it. */
export interface RefusedAnswer {
  readonly status: number;
  /** Media type without parameters, lower case. */
  readonly contentType: string;
  /** Redacted. */
  readonly text: string;
}

/** What one API adds to plain HTTP. */
export interface ApiProtocol<Request> {
  /** `MAAS` or `Palette`. */
  readonly api: string;
  /** Where the server is set in the datacenter description: `maas` or `palette`. */
  readonly setting: string;
  /** Makes what is sent, once per try (a signature holds for one). May wait for a rate limit. */
  wire(request: Request): WireRequest | Promise<WireRequest>;
  /** Method and address of a request for messages, without credentials. */
  describe(request: Request): { readonly method: string; readonly endpoint: string };
  /** Whether doing it twice equals doing it once. */
  repeatable(request: Request): boolean;
  /** Explains a status of the API. */
  explain(request: Request, answer: RefusedAnswer): Explanation;
  /** Texts that no message may contain. */
  secrets(request: Request): readonly string[];
}

/** What a transport is made of, besides the API's protocol. */
export interface HttpTransportOptions {
  /** Base address. */
  readonly url: string;
  /** PEM of a certificate authority that signs the server's certificate. */
  readonly caCertificate?: string;
  /** Requests in flight at most. Default 8. */
  readonly parallel?: number;
  readonly retry?: Partial<RetryLimits>;
  readonly limits: RequestLimits;
}

/** Rules of an answer that its shape alone does not show: returns what contradicts the request, if anything does. */
export type AnswerRule<Answer> = (answer: Answer) => string | undefined;

/** How often a read is sent again whose answer is not what the API answers. */
const readTries = 2;

/** Speaks HTTP with one server: limits, retries, redacts, and validates every answer. */
export class HttpTransport<Request> {
  private readonly exchanger: HttpExchanger;
  private readonly retry: RetryLimits;
  private readonly places: Semaphore;
  private readonly server: ServerFacts;

  constructor(
    private readonly protocol: ApiProtocol<Request>,
    options: HttpTransportOptions,
  ) {
    const limits = requestLimits(options.limits);
    this.retry = { ...defaultRetryLimits, ...options.retry };
    this.places = new Semaphore(options.parallel ?? 8);
    this.exchanger = new HttpExchanger({ ...options, connections: this.places.limit }, limits);
    this.server = {
      api: protocol.api,
      setting: protocol.setting,
      url: options.url,
      hasCaCertificate: options.caCertificate !== undefined,
      limits,
      proxy: environmentProxy(options.url),
    };
  }

  /** Base address. */
  get url(): string {
    return this.server.url;
  }

  /**
   * Sends a request until it succeeds or must not be repeated. A deletion succeeds with 204 only, which is what both APIs document: an answer
   * of anything else that listens there never counts as one.
   *
   * @throws ApiError
   */
  async send(request: Request): Promise<HttpAnswer> {
    const { status, exchange } = await this.succeed(request);
    const { method } = this.protocol.describe(request);
    if (isHtml(exchange) || (method === "DELETE" && status !== 204)) {
      const rule = method === "DELETE" ? "204 without a body" : "an answer of the API";
      throw this.unexpected(request, status, `expected ${rule}, but got ${this.shown(request, exchange)}`);
    }
    return { status, text: exchange.text };
  }

  /**
   * Sends a request and reads its answer by a schema. A read whose answer is not as expected is sent once more.
   *
   * @param rule what the answer must agree with besides the schema
   * @throws ApiError also when the answer is not what the schema or the rule demands
   */
  async json<Schema extends z.ZodType>(
    request: Request,
    schema: Schema,
    rule: AnswerRule<z.output<Schema>> = () => undefined,
  ): Promise<z.output<Schema>> {
    const tries = this.protocol.describe(request).method === "GET" ? readTries : 1;
    for (let number = 1; ; number += 1) {
      const { status, exchange } = await this.succeed(request);
      const read = this.parse(request, exchange, schema);
      const problem = "problem" in read ? read.problem : rule(read.value);
      if (problem === undefined && "value" in read) return read.value;
      if (number >= tries) throw this.unexpected(request, status, problem ?? "");
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.exchanger.close();
  }

  private parse<Schema extends z.ZodType>(
    request: Request,
    exchange: Exchange,
    schema: Schema,
  ): { readonly value: z.output<Schema> } | { readonly problem: string } {
    const expected = schema.description ?? "an answer of the API";
    let value: unknown;
    try {
      value = JSON.parse(exchange.text);
    } catch {
      return { problem: `expected ${expected} as JSON, but got ${this.shown(request, exchange)}` };
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return { value: parsed.data };
    return { problem: this.hidden(request, `expected ${expected}, but ${describeMismatch(parsed.error, value)}`) };
  }

  private async succeed(request: Request): Promise<{ readonly status: number; readonly exchange: Exchange }> {
    for (let number = 1; ; number += 1) {
      const exchange = await this.places.run(async () => this.exchanger.send(await this.protocol.wire(request)));
      const { outcome } = exchange;
      if ("status" in outcome && outcome.status >= 200 && outcome.status < 300) {
        return { status: outcome.status, exchange };
      }
      const repeatable = this.protocol.repeatable(request);
      const pause = pauseBeforeRetry({ number, repeatable, outcome }, this.retry, Math.random());
      if (pause === undefined) throw this.failure(request, exchange, number);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  private failure(request: Request, raw: Exchange, tries: number): ApiError {
    const exchange = { ...raw, text: this.hidden(request, raw.text) };
    const { outcome, contentType, text } = exchange;
    const failed = { api: this.protocol.api, ...this.protocol.describe(request) };
    if ("code" in outcome) {
      return new ApiError({ ...failed, code: outcome.code, ...explainNetwork(exchange, this.server, tries) });
    }
    const { status } = outcome;
    const explanation =
      explainIntermediary(exchange, this.server, tries) ??
      this.protocol.explain(request, { status, contentType, text });
    return new ApiError({ ...failed, status, ...explanation });
  }

  /** A success of HTTP that is none of the API. */
  private unexpected(request: Request, status: number, problem: string): ApiError {
    const { api, setting } = this.protocol;
    return new ApiError({
      api,
      ...this.protocol.describe(request),
      status,
      detail: `${problem}.`,
      advice: `Check ${setting}.url in vmo-metal:datacenter: something else than ${api} seems to answer there, or a proxy changes its answers.`,
      unexpected: true,
    });
  }

  private shown(request: Request, exchange: Exchange): string {
    if (exchange.text.trim() === "") return "an empty body";
    const text = describeBody({ ...exchange, text: this.hidden(request, exchange.text) }, this.protocol.api);
    return isHtml(exchange) ? text.replace(/\.$/, "") : `"${text.slice(0, 80)}"`;
  }

  private hidden(request: Request, text: string): string {
    return hideSecrets(text, this.protocol.secrets(request));
  }
}
