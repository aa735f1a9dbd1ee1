import { InputError } from "../../dynamic/errors";

/** The three parts of a MAAS API key, `consumer:token:secret` as the MAAS user page shows it. */
export interface ApiKey {
  readonly consumerKey: string;
  readonly tokenKey: string;
  readonly tokenSecret: string;
}

/**
 * Takes an API key apart.
 *
 * @param origin where the key came from (config key or environment variable), for the message
 * @throws InputError that does not repeat the text.
 */
export function parseApiKey(text: string, origin: string): ApiKey {
  const [consumerKey, tokenKey, tokenSecret, ...more] = text.trim().split(":");
  if (!consumerKey || !tokenKey || !tokenSecret || more.length > 0) {
    throw new InputError(
      `The MAAS API key (${origin}) is not of the form consumer:token:secret. ` +
        "Copy it whole from the MAAS user page (API keys), or print it with: maas apikey --username NAME",
      origin,
    );
  }
  return { consumerKey, tokenKey, tokenSecret };
}
