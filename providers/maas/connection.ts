import {
  apiKey,
  connectionConfiguration,
  keyOrigin,
  missingKey,
  type ConfigurationReader,
} from "../dynamic/configuration";
import { InputError } from "../dynamic/errors";
import type { Connection } from "../dynamic/kind";
import { parseApiKey } from "./client/api-key";
import { MaasClient } from "./client/client";
import { type Log, lineLog } from "./client/log";
import { maasUrl, urlKey } from "./url";
import { printVisible } from "../dynamic/print-visible";

/** One MAAS, as the resources of a datacenter act on it. */
export interface MaasConnection extends Connection {
  readonly client: MaasClient;
  /** Name of the datacenter: what it creates is marked with it. */
  readonly datacenter: string;
  readonly log: Log;
}

/** Connections of this process by what they are made of: all kinds share one, and so its lists and its limit. */
const connections = new Map<string, MaasConnection>();

/**
 * The connection that a stack's configuration describes. Calls nothing; a missing key fails the first call that needs it.
 *
 * @param write where progress and warnings go; the engine shows what a provider prints
 * @throws InputError when the datacenter description has no usable `maas.url`.
 */
export function connectMaas(
  configuration: ConfigurationReader,
  write: (line: string) => void = printVisible,
): MaasConnection {
  const datacenter = connectionConfiguration(configuration);
  const maas = datacenter.maas;
  if (maas?.url === undefined) {
    throw new InputError(
      '"vmo-metal:datacenter" names no MAAS: set maas.url, e.g. http://maas.example.test:5240/MAAS',
      urlKey,
    );
  }
  const key = apiKey(configuration, datacenter.name, "maas");
  const identity = maasUrl(maas.url);
  const formerIdentities = (maas.formerUrls ?? []).map(maasUrl);
  const memo = JSON.stringify([identity, datacenter.name, key, maas.parallel, maas.caCertificate, formerIdentities]);
  const known = connections.get(memo);
  if (known !== undefined) return known;
  const log = lineLog(write);
  const origin = keyOrigin("maas", key ?? "");
  const client = new MaasClient({
    url: identity,
    keyOrigin: origin,
    credentials: () => {
      if (key === undefined) throw missingKey(datacenter.name, "maas");
      return parseApiKey(key, origin);
    },
    ...(maas.caCertificate === undefined ? {} : { caCertificate: maas.caCertificate }),
    ...(maas.parallel === undefined ? {} : { parallel: maas.parallel }),
    log,
  });
  const connection: MaasConnection = {
    identity,
    formerIdentities,
    client,
    datacenter: datacenter.name,
    log,
    reload: () => client.forget(),
  };
  connections.set(memo, connection);
  return connection;
}

/** Drops the shared connections, so that the next command's look at MAAS starts afresh. */
export function forgetConnections(): void {
  for (const connection of connections.values()) connection.client.close();
  connections.clear();
}
