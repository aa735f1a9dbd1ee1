/** What stands in a message in the place of a secret. */
export const hidden = "[hidden]";

/** Real secrets are longer; hiding shorter ones would garble the text. */
const shortestSecret = 6;

/** Hides the given secrets in a text, and whatever stands behind the name of a key, password or OAuth parameter. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .sort((left, right) => right.length - left.length);
  return spellings
    .reduce((left, secret) => left.replaceAll(secret, hidden), text)
    .replaceAll(/(oauth_(?:signature|token|consumer_key)\s*=\s*)("[^"]*"|[^,\s]+)/gi, `$1${hidden}`)
    .replaceAll(
      /((?:api[_ -]?key|power_pass(?:word)?|password)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^,\s&]+)/gi,
      `$1${hidden}`,
    );
}

/** Names of fields whose values are secrets. */
const secretName = /pass|secret|token|key$/i;

/** The secrets that a request's body sends: an API's error may repeat them. */
export function secretsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return secretName.test(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, name));
  if (typeof value !== "object" || value === null) return [];
  const named = value as { name?: unknown; isSensitive?: unknown; value?: unknown };
  const sensitive = named.isSensitive === true && typeof named.value === "string" ? [named.value] : [];
  return [...sensitive, ...Object.entries(value).flatMap(([key, item]) => secretsIn(item, key))];
}
