import { createHmac, timingSafeEqual } from "node:crypto";
import type { TokenRecord } from "../site/model";

/** Seconds that a timestamp may lie in the past. */
const THRESHOLD = 300;

const REQUIRED = ["consumer_key", "token", "signature", "signature_method", "timestamp", "nonce"] as const;

/** What is signed with HMAC-SHA1. */
export interface SignedRequest {
  method: string;
  /** Scheme, host and path, no query. */
  url: string;
  /** Query and form parameters. */
  parameters: [string, string][];
}

/** The caller, or the text that MAAS answers with 401. */
export type Verdict = { user: string } | { forbidden: string };

/** Percent-encoded text in clear; undefined when it is none. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Parameters of an `Authorization: OAuth …` header; undefined when it is another scheme, is malformed, or lacks one that is needed. */
export function parseAuthorization(header: string | undefined): Map<string, string> | undefined {
  if (header === undefined || !/^OAuth\s/i.test(header)) return undefined;
  const found = new Map<string, string>();
  for (const part of header.slice(6).split(",")) {
    const match = /^\s*([^=\s]+)\s*=\s*"?([^"]*)"?\s*$/.exec(part);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const value = decoded(match[2]);
    if (value === undefined) return undefined;
    found.set(match[1], value);
  }
  return REQUIRED.every((name) => found.has(`oauth_${name}`)) ? found : undefined;
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function baseString(request: SignedRequest, oauth: ReadonlyMap<string, string>): string {
  const pairs = [...request.parameters, ...oauth].filter(([name]) => name !== "oauth_signature" && name !== "realm");
  const sorted = pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).sort();
  return [request.method, request.url, sorted.join("&")].map(escape).join("&");
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Verifies OAuth 1.0 signatures (PLAINTEXT and HMAC-SHA1) against the region's keys, and that no nonce comes twice. */
export class OAuthVerifier {
  private readonly nonces = new Map<string, number>();

  constructor(
    private readonly tokens: () => readonly TokenRecord[],
    private readonly now: () => Date,
  ) {}

  /** Checks a request in MAAS's order: consumer, token, timestamp, nonce, signature. */
  verify(header: string | undefined, request: SignedRequest): Verdict {
    const oauth = parseAuthorization(header);
    if (oauth === undefined) return { forbidden: "Forbidden" };
    const value = (name: (typeof REQUIRED)[number]): string => oauth.get(`oauth_${name}`) ?? "";
    const ofConsumer = this.tokens().filter((token) => token.consumerKey === value("consumer_key"));
    if (ofConsumer.length === 0) return { forbidden: "Authorization Error: Invalid API key." };
    const token = ofConsumer.find((candidate) => candidate.tokenKey === value("token"));
    if (token === undefined) return { forbidden: `Authorization Error: 'Invalid access token: ${value("token")}'` };
    const refused =
      this.checkTimestamp(Number(value("timestamp"))) ??
      this.checkNonce(token, value("nonce")) ??
      this.checkSignature(token, oauth, request);
    return refused === undefined ? { user: token.user } : { forbidden: `Authorization Error: '${refused}'` };
  }

  private checkTimestamp(timestamp: number): string | undefined {
    const now = Math.floor(this.now().getTime() / 1000);
    if (now - timestamp <= THRESHOLD) return undefined;
    return `Expired timestamp: given ${timestamp} and now ${now} has a greater difference than threshold ${THRESHOLD}`;
  }

  private checkNonce(token: TokenRecord, nonce: string): string | undefined {
    const now = this.now().getTime();
    const key = `${token.consumerKey}:${token.tokenKey}:${nonce}`;
    if (this.nonces.has(key)) return `Nonce already used: ${nonce}`;
    this.nonces.set(key, now);
    // The timestamp refuses what is older, so older nonces need not be remembered.
    for (const [old, seen] of this.nonces) {
      if (now - seen <= 2 * THRESHOLD * 1000) break;
      this.nonces.delete(old);
    }
    return undefined;
  }

  private checkSignature(
    token: TokenRecord,
    oauth: ReadonlyMap<string, string>,
    request: SignedRequest,
  ): string | undefined {
    const key = `&${token.tokenSecret}`;
    const given = oauth.get("oauth_signature") ?? "";
    const method = oauth.get("oauth_signature_method");
    if (method === "HMAC-SHA1") {
      const base = baseString(request, oauth);
      const expected = createHmac("sha1", key).update(base).digest("base64");
      return same(given, expected) ? undefined : `Invalid signature. Expected signature base string: ${base}`;
    }
    if (method !== "PLAINTEXT") return `Signature method ${method ?? ""} not supported`;
    // The real server answers the expected signature, which is the secret: a client that logs a 401 leaks its key.
    return same(given, key) ? undefined : `Invalid signature. Expected signature base string: ${key}`;
  }
}
