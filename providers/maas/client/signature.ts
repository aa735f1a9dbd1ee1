import { randomBytes } from "node:crypto";
import type { ApiKey } from "./api-key";

/**
 * The OAuth 1.0 PLAINTEXT `Authorization` header of one request. Made anew for every try: MAAS takes a nonce once, and refuses
 * timestamps older than 300 seconds. MAAS's consumer secret is empty, so the signature is `&` and the token's secret.
 */
export function authorization(key: ApiKey, now: Date = new Date()): string {
  const parameters: Record<string, string> = {
    oauth_version: "1.0",
    oauth_signature_method: "PLAINTEXT",
    oauth_consumer_key: key.consumerKey,
    oauth_token: key.tokenKey,
    oauth_signature: `&${key.tokenSecret}`,
    oauth_nonce: randomBytes(16).toString("hex"),
    oauth_timestamp: String(Math.floor(now.getTime() / 1000)),
  };
  const fields = Object.entries(parameters).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return `OAuth ${fields.join(", ")}`;
}
