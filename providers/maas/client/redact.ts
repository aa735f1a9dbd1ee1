import type { ApiKey } from "./api-key";

const hidden = "[hidden]";

/** Parts of a real key are 18 and 32 characters long; what is much shorter is no key, and taking it out would garble the text. */
const shortestSecret = 6;

/** Takes every part of the key that is a secret, and everything that looks like an OAuth signature, out of a text. */
export function redact(text: string, key: ApiKey | undefined): string {
  const secrets =
    key === undefined
      ? []
      : [key.tokenSecret, key.tokenKey, key.consumerKey].filter((part) => part.length >= shortestSecret);
  const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const cleaned = spellings.reduce((left, secret) => left.replaceAll(secret, hidden), text);
  return cleaned
    .replaceAll(/(oauth_(?:signature|token|consumer_key)\s*=\s*)("[^"]*"|[^,\s]+)/gi, `$1${hidden}`)
    .replaceAll(
      /((?:api[_ -]?key|power_pass(?:word)?|password)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^,\s&]+)/gi,
      `$1${hidden}`,
    );
}

/**
 * What a 401 means, in our words. Its body is never shown: MAAS answers a wrong signature with the one it expected, which is the
 * token's secret.
 */
export function explainUnauthorised(body: string): string {
  if (/invalid api key/i.test(body)) return "MAAS does not know this API key.";
  if (/invalid access token/i.test(body)) return "MAAS does not know this API key's token; it may have been deleted.";
  if (/invalid signature/i.test(body)) return "The secret part of the API key is wrong.";
  if (/nonce/i.test(body)) return "MAAS saw the request's nonce before.";
  if (/timestamp|expired/i.test(body))
    return "MAAS refused the request's time; compare this machine's clock with MAAS's.";
  return "MAAS did not accept the API key.";
}
