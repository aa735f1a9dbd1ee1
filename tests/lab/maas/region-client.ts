import { randomUUID } from "node:crypto";
import { request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { startMaasSimulator, type MaasSimulator, type MaasSimulatorOptions } from "../../../lab/maas";
import type { JsonValue } from "../../../lab/maas/json";

/** An answer over the socket. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed when it is JSON, else the text. */
  body: JsonValue;
}

/** What a test sends besides path and form. */
export interface SendOptions {
  /** Authorization header; null: none. */
  authorization?: string | null;
  /** Body and its content type, instead of an urlencoded form. */
  raw?: { contentType: string; body: string };
}

/** Form fields: a list repeats its name. */
export type Fields = Record<string, string | string[]>;

/** Parts of an OAuth header that a test may want to be wrong. */
export interface OAuthParts {
  consumer?: string;
  token?: string;
  secret?: string;
  nonce?: string;
  timestamp?: number;
}

function pairs(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
}

/** A simulated region and requests to it, signed with its key. */
export class RegionClient {
  constructor(readonly simulator: MaasSimulator) {}

  /** Starts a region. */
  static async start(options: MaasSimulatorOptions = { seed: false }): Promise<RegionClient> {
    return new RegionClient(await startMaasSimulator(options));
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** An OAuth PLAINTEXT header. */
  sign(parts: OAuthParts = {}): string {
    const [consumer = "", token = "", secret = ""] = this.simulator.apiKey.split(":");
    const oauth = {
      oauth_version: "1.0",
      oauth_signature_method: "PLAINTEXT",
      oauth_consumer_key: parts.consumer ?? consumer,
      oauth_token: parts.token ?? token,
      oauth_signature: `&${parts.secret ?? secret}`,
      oauth_nonce: parts.nonce ?? randomUUID(),
      oauth_timestamp: String(parts.timestamp ?? Math.floor(Date.now() / 1000)),
    };
    const texts = Object.entries(oauth).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
    return `OAuth ${texts.join(", ")}`;
  }

  get(path: string, options: SendOptions = {}): Promise<Reply> {
    return this.send("GET", path, undefined, options);
  }

  post(path: string, fields: Fields = {}, options: SendOptions = {}): Promise<Reply> {
    return this.send("POST", path, fields, options);
  }

  put(path: string, fields: Fields = {}, options: SendOptions = {}): Promise<Reply> {
    return this.send("PUT", path, fields, options);
  }

  delete(path: string): Promise<Reply> {
    return this.send("DELETE", path);
  }

  /** Sends a request to a path below /MAAS/api/2.0 (or an absolute path that begins with /lab/). */
  async send(method: string, path: string, fields?: Fields, options: SendOptions = {}): Promise<Reply> {
    const headers: Record<string, string> = {};
    const authorization = options.authorization === undefined ? this.sign() : options.authorization;
    if (authorization !== null) headers["Authorization"] = authorization;
    const form = fields === undefined ? undefined : new URLSearchParams(pairs(fields)).toString();
    const body = options.raw?.body ?? form;
    if (body !== undefined) {
      headers["Content-Type"] = options.raw?.contentType ?? "application/x-www-form-urlencoded";
      headers["Content-Length"] = String(Buffer.byteLength(body));
    }
    const target = path.startsWith("/lab/") ? path : `/MAAS/api/2.0${path}`;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port: this.simulator.port, method, path: target, headers }, resolve);
      sent.once("error", reject);
      sent.end(body);
    });
    const content = await text(response);
    const isJson = (response.headers["content-type"] ?? "").startsWith("application/json");
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: isJson ? (JSON.parse(content) as JsonValue) : content,
    };
  }
}

/** The member of a JSON object (undefined in anything else). */
export function member(body: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? body[name] : undefined;
}

/** The elements of a JSON list. */
export function elements(body: JsonValue | undefined): JsonValue[] {
  if (!Array.isArray(body)) throw new Error(`not a list: ${JSON.stringify(body)}`);
  return body;
}

/** The id of a JSON object. */
export function idOf(reply: Reply): number {
  const id = member(reply.body, "id");
  if (typeof id !== "number") throw new Error(`no id in ${reply.status} ${JSON.stringify(reply.body)}`);
  return id;
}

/** The text or number of a JSON object's member, as text. */
export function textAt(body: JsonValue | undefined, name: string): string {
  const value = member(body, name);
  if (typeof value !== "string" && typeof value !== "number") throw new Error(`no ${name} in ${JSON.stringify(body)}`);
  return String(value);
}

/** The text of an answer that is no JSON. */
export function textOf(reply: Reply): string {
  if (typeof reply.body !== "string") throw new Error(`not a text: ${JSON.stringify(reply.body)}`);
  return reply.body;
}
