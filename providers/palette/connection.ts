import {
  apiKey,
  type ConfigurationReader,
  connectionConfiguration,
  keyOrigin,
  missingKey,
} from "../dynamic/configuration";
import { InputError } from "../dynamic/errors";
import type { Connection } from "../dynamic/kind";
import { PaletteClient } from "./client/client";
import { Transport } from "./client/transport";
import { paletteUrl, urlKey } from "./url";

/** The connection that all Palette kinds act on: one project of one Palette. */
export interface PaletteConnection extends Connection {
  readonly client: PaletteClient;
  /** The datacenter's name: part of the marker of what is created. */
  readonly datacenter: string;
}

const connections = new Map<string, PaletteConnection>();

/**
 * The connection of a stack's configuration; one per process, so that all kinds share limits and what was looked up.
 *
 * @throws InputError when the description names no Palette. A missing key shows only at the first call.
 */
export function connect(configuration: ConfigurationReader): PaletteConnection {
  const { name, palette } = connectionConfiguration(configuration);
  if (palette?.url === undefined || palette.project === undefined) {
    throw new InputError("The datacenter description has no palette.url and palette.project.", urlKey);
  }
  const key = apiKey(configuration, name, "palette");
  const memo = JSON.stringify([name, palette, key]);
  const known = connections.get(memo);
  if (known !== undefined) return known;
  const { project } = palette;
  const url = paletteUrl(palette.url);
  const transport = new Transport({
    url,
    project,
    credentials: () => {
      if (key === undefined) throw missingKey(name, "palette");
      return key;
    },
    keyOrigin: keyOrigin("palette", key ?? ""),
    ...(palette.caCertificate === undefined ? {} : { caCertificate: palette.caCertificate }),
  });
  const made: PaletteConnection = {
    identity: `${url}#${project}`,
    formerIdentities: (palette.formerUrls ?? []).map((former) => `${paletteUrl(former)}#${project}`),
    client: new PaletteClient(transport, project),
    datacenter: name,
  };
  connections.set(memo, made);
  return made;
}

/** Drops the shared connections, so that the next command looks everything up afresh. */
export function forgetConnections(): void {
  connections.clear();
}
