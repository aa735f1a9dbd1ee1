import { createHmac, randomUUID } from "node:crypto";
import type { Exchange } from "./recording";

/** An API key's parts. */
export interface Key {
  consumer: string;
  token: string;
  secret: string;
}

/** Splits `consumer:token:secret`. */
export function parseKey(apiKey: string): Key {
  const [consumer = "", token = "", secret = ""] = apiKey.split(":");
  return { consumer, token, secret };
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

interface Signature {
  key: Key;
  nonce: string;
  timestamp: number;
  /** Method and full address without the query, for HMAC-SHA1; absent: PLAINTEXT. */
  hmac?: { method: string; url: string; parameters: [string, string][] };
}

function header({ key, nonce, timestamp, hmac }: Signature): string {
  const oauth: [string, string][] = [
    ["oauth_consumer_key", key.consumer],
    ["oauth_token", key.token],
    ["oauth_signature_method", hmac === undefined ? "PLAINTEXT" : "HMAC-SHA1"],
    ["oauth_timestamp", String(timestamp)],
    ["oauth_nonce", nonce],
    ["oauth_version", "1.0"],
  ];
  const secret = `&${key.secret}`;
  let signature = secret;
  if (hmac !== undefined) {
    const pairs = [...oauth, ...hmac.parameters].map(([name, value]) => `${escape(name)}=${escape(value)}`).sort();
    const base = [hmac.method, hmac.url, pairs.join("&")].map(escape).join("&");
    signature = createHmac("sha1", secret).update(base).digest("base64");
  }
  const parts = [...oauth, ["oauth_signature", signature] as [string, string]];
  return `OAuth ${parts.map(([name, value]) => `${name}="${escape(value)}"`).join(", ")}`;
}

/**
 * Signs replayed requests. A recording holds no credentials, so what was wrong with those of a request is read from the
 * 401 that it was answered with.
 */
export class Signer {
  private lastNonce = "";

  constructor(private readonly key: Key) {}

  /** The Authorization header of a recorded request; undefined means without one. */
  authorization(recorded: Exchange, url: string, parameters: [string, string][]): string | undefined {
    const refusal = recorded.status === 401 && typeof recorded.body === "string" ? recorded.body : "";
    if (recorded.status === 401 && !refusal.startsWith("Authorization Error")) return undefined;
    const timestamp = Math.floor(Date.now() / 1000);
    const nonce = refusal.includes("Nonce already used") ? this.lastNonce : randomUUID();
    this.lastNonce = nonce;
    const signature: Signature = { key: this.wrongKey(refusal), nonce, timestamp };
    if (refusal.includes("Expired timestamp")) signature.timestamp = timestamp - 600;
    if (/HMAC-SHA1/.test(recorded.note)) signature.hmac = { method: recorded.method, url, parameters };
    return header(signature);
  }

  /** The header of a request of the replay's own. */
  own(): string {
    return header({ key: this.key, nonce: randomUUID(), timestamp: Math.floor(Date.now() / 1000) });
  }

  private wrongKey(refusal: string): Key {
    if (refusal.includes("Invalid API key")) return { ...this.key, consumer: "nosuchconsumer" };
    if (refusal.includes("Invalid access token")) return { ...this.key, token: "nosuchtoken" };
    if (refusal.includes("Invalid signature")) return { ...this.key, secret: "nosuchsecret" };
    return this.key;
  }
}
