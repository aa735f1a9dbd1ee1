import { z } from "zod";
import { certificateText, webAddressField, webAddressProblem } from "./fields";

/** How the program reaches MAAS and behaves there. The API key is a secret (`maasApiKey`) or comes from the environment. */
export interface MaasSection {
  /** The region's address, ending in `/MAAS`. */
  readonly url: string;
  /** Addresses that the same region had before; what was made on one of them is accepted as this region's. */
  readonly formerUrls: readonly string[];
  /** The authority that signed the region's certificate, PEM text; null = the system's authorities. */
  readonly caCertificate: string | null;
  /** Most requests in flight at once. Writes to one machine are always one after the other. */
  readonly parallel: number;
  /** Whether pools, zones, tags and the domain that exist already are taken over; otherwise they are an error. */
  readonly adopt: boolean;
}

/** Why a text is not the address of a MAAS region, or undefined when it is. */
export function maasUrlProblem(text: string): string | undefined {
  const problem = webAddressProblem(text);
  if (problem !== undefined) return problem;
  if (/\/api\/2\.0\/?$/.test(text)) return `names the API: write ${text.replace(/\/api\/2\.0\/?$/, "")}`;
  if (text.endsWith("/")) return `ends in a slash: write ${text.replace(/\/+$/, "")}`;
  if (!text.endsWith("/MAAS")) return `does not end in /MAAS: write ${text}/MAAS, as the region's own pages do`;
  return undefined;
}

const url = (description: string) =>
  webAddressField(maasUrlProblem, description, ["http://maas.example.com:5240/MAAS"]);

/** The `maas` section as it is written. */
export const maasSchema = z
  .strictObject({
    url: url("The MAAS region's address, ending in /MAAS"),
    formerUrls: z.array(url("A former address")).default([]).meta({
      description:
        "Addresses that the same region had before: what was made on one of them is not refused as another region's",
    }),
    caCertificate: certificateText.nullable().default(null).meta({
      description: "PEM text of the authority that signed the region's certificate; none = the system's authorities",
    }),
    parallel: z
      .int()
      .min(1)
      .max(64)
      .default(8)
      .meta({ description: "Most requests in flight at once; writes to one machine are always one after the other" }),
    adopt: z.boolean().default(false).meta({
      description:
        "Take over resource pools, zones, tags and the domain that exist already; they stay, with their former values, on destroy",
    }),
  })
  .meta({
    description:
      "Canonical MAAS; required unless there is an existingCluster. Its API key is the secret maasApiKey, or the environment variable VMO_METAL_<NAME>_MAAS_API_KEY",
  });
