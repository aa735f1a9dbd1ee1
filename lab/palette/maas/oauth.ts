import { randomBytes } from "node:crypto";

/** The parts of a MAAS API key `consumer:token:secret`. */
export interface MaasKey {
  consumer: string;
  token: string;
  secret: string;
}

/** Splits a MAAS API key; undefined when it has not three parts. */
export function parseMaasKey(text: string): MaasKey | undefined {
  const [consumer, token, secret, ...more] = text.split(":");
  return consumer && token && secret && more.length === 0 ? { consumer, token, secret } : undefined;
}

/** The `Authorization` header of one request (OAuth 1, PLAINTEXT; the nonce makes it good for one request only). */
export function authorizationHeader(key: MaasKey): string {
  const parameters = {
    oauth_version: "1.0",
    oauth_signature_method: "PLAINTEXT",
    oauth_consumer_key: key.consumer,
    oauth_token: key.token,
    oauth_signature: `&${key.secret}`,
    oauth_nonce: randomBytes(16).toString("hex"),
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return `OAuth ${pairs.join(", ")}`;
}
