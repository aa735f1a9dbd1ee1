import { lookUpSite, type MaasSite } from "../../providers/maas/look-ups/site";
import { lookUpTenant } from "../../providers/palette/look-ups/tenant";
import { ubuntuImage } from "../derived/ubuntu-image";
import type { Datacenter } from "../description/datacenter";
import { settingNames } from "./site-args";
import { siteRequests } from "./site-requests";
import type { SiteFacts } from "../preflight/site-facts";
import type { SiteKnowledge } from "../derived/site-knowledge";
import type { UnavailableApi } from "../run-report/run-report";

/** The keys that look-ups need; absent ones leave their API unseen. */
export interface LookUpKeys {
  maas: string | undefined;
  palette: string | undefined;
}

/** What could be seen of the site before anything is done. */
export interface SiteView {
  facts: SiteFacts;
  /** Everything of MAAS; undefined when it could not be asked. */
  maas: MaasSite | undefined;
  /** What MAAS holds and what the stack's state records of it. */
  known: SiteKnowledge;
  /** APIs that could not be read, and why; at most one entry for each. */
  unavailable: UnavailableApi[];
}

/**
 * Observes MAAS and Palette side by side. Reads only; what cannot be reached is part of the result, not thrown.
 *
 * @param recorded resources of MAAS in the stack's state; null when it was not read
 */
export async function lookAtSite(
  datacenter: Datacenter,
  keys: LookUpKeys,
  recorded: SiteKnowledge["recorded"] = null,
): Promise<SiteView> {
  const [maas, palette] = await Promise.all([
    lookAtMaas(datacenter, keys.maas, recorded),
    lookAtPalette(datacenter, keys.palette),
  ]);
  const unavailable = [unavailableApi("MAAS", maas), unavailableApi("Palette", palette)].flatMap((one) => one ?? []);
  return {
    facts: {
      maas: maas?.ok === true ? maas.site : null,
      palette: palette?.ok === true ? palette.tenant : null,
      recorded,
    },
    known: { objects: maas?.ok === true ? maas.site.objects : undefined, recorded },
    maas: maas?.ok === true ? maas.site : undefined,
    unavailable,
  };
}

/** Undefined for an API that was read, or that the datacenter does not have. */
function unavailableApi(
  api: UnavailableApi["api"],
  look: Awaited<ReturnType<typeof lookUpSite>> | Awaited<ReturnType<typeof lookUpTenant>> | undefined,
): UnavailableApi | undefined {
  if (look === undefined || look.ok) return undefined;
  const { cause, reason } = look;
  switch (cause) {
    case "no-key":
    case "unauthorised":
      return { api, cause: "refused", reason };
    case "unsupported":
      return { api, cause: "unsupported", reason };
    case "unreachable":
    case "failed":
      return { api, cause, reason };
  }
}

async function lookAtMaas(
  datacenter: Datacenter,
  apiKey: string | undefined,
  recorded: SiteKnowledge["recorded"],
): Promise<Awaited<ReturnType<typeof lookUpSite>> | undefined> {
  const { maas } = datacenter;
  if (maas === null) return undefined;
  const image = ubuntuImage(datacenter.cluster?.versions.operatingSystem ?? "22.04");
  return lookUpSite({
    url: maas.url,
    apiKey,
    datacenterName: datacenter.name,
    ...(maas.caCertificate === null ? {} : { caCertificate: maas.caCertificate }),
    ...(image === undefined ? {} : { images: [image] }),
    settings: settingNames(datacenter),
    requests: (objects) => siteRequests(datacenter, { objects, recorded }),
  });
}

async function lookAtPalette(
  datacenter: Datacenter,
  apiKey: string | undefined,
): Promise<Awaited<ReturnType<typeof lookUpTenant>> | undefined> {
  const { palette } = datacenter;
  if (palette === null) return undefined;
  return lookUpTenant({
    url: palette.url,
    apiKey,
    project: palette.project,
    datacenterName: datacenter.name,
    ...(palette.caCertificate === null ? {} : { caCertificate: palette.caCertificate }),
    ...(datacenter.cluster === null ? {} : { cluster: datacenter.cluster.name }),
  });
}
