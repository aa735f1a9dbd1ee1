import { keyOrigin } from "../../dynamic/configuration";
import { parseApiKey } from "../client/api-key";
import { MaasClient } from "../client/client";
import type { Log } from "../client/log";
import { maasUrl } from "../url";

/** Where a MAAS is, and the key to it. */
export interface RegionAddress {
  readonly url: string;
  readonly apiKey: string;
  /** Certificate authority of its server, PEM; absent: those that the system trusts. */
  readonly caCertificate?: string;
}

/**
 * A client for a look-up; whoever opens it closes it.
 *
 * @param warnings gets what the client would warn of
 * @throws InputError for a URL or key that is none
 */
export function openRegion({ url, apiKey, caCertificate }: RegionAddress, warnings: string[] = []): MaasClient {
  const log: Log = { info: () => undefined, warning: (message) => warnings.push(message), of: () => log };
  const origin = keyOrigin("maas", apiKey);
  const key = parseApiKey(apiKey, origin);
  return new MaasClient({
    url: maasUrl(url),
    credentials: () => key,
    keyOrigin: origin,
    ...(caCertificate === undefined ? {} : { caCertificate }),
    log,
  });
}
