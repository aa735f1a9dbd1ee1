import { keyOrigin } from "../../dynamic/configuration";
import { PaletteClient } from "../client/client";
import { Transport } from "../client/transport";
import { paletteUrl } from "../url";

/** Which Palette a look-up asks, and with what. */
export interface TenantAddress {
  readonly url: string;
  readonly apiKey: string;
  readonly project: string;
  readonly caCertificate?: string;
}

/** The transport and the client of a look-up; both only read. */
export function openTenant({ url, apiKey, project, caCertificate }: TenantAddress): {
  transport: Transport;
  client: PaletteClient;
} {
  const transport = new Transport({
    url: paletteUrl(url),
    project,
    credentials: () => apiKey,
    keyOrigin: keyOrigin("palette", apiKey),
    ...(caCertificate === undefined ? {} : { caCertificate }),
  });
  return { transport, client: new PaletteClient(transport, project) };
}
