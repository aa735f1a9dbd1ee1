import { z } from "zod";
import { certificateText } from "../../model/certificate";
import { webAddressField, webAddressProblem } from "../../model/web-address";

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
  /** Whether objects that this datacenter did not create may be changed to what is described. Adopting one without a change needs no permission. */
  readonly adopt: boolean;
  /** Whether this stack writes to the networks (fabric, VLANs, subnets, ranges, routes, DHCP) at all; the default of each network's `managed`. */
  readonly manageNetworks: boolean;
  /** Dangerous changes of existing objects that the operator allows. */
  readonly approve: readonly ApprovedChange[];
}

/** One dangerous change that is allowed. */
export interface ApprovedChange {
  /** The object as messages name it, e.g. `subnet 10.21.0.0/21`. */
  readonly object: string;
  /** The field that may change, e.g. `vlan`. */
  readonly field: string;
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
        "Allow changes of objects that exist already and that this datacenter did not create; they stay, with their previous values, on destroy. An object that is as described is adopted without it",
    }),
    networks: z
      .strictObject({
        managed: z.boolean().default(true).meta({
          description:
            "Whether this stack writes to fabric, VLANs, subnets, ranges, routes and DHCP; with false a network team owns them: they are compared and never written. Default of networks.<role>.managed",
        }),
      })
      .prefault({})
      .meta({ description: "How the networks of MAAS are treated" }),
    approve: z
      .array(
        z.strictObject({
          object: z
            .string()
            .min(1)
            .meta({ description: "The object as the refusal names it", examples: ["subnet 10.21.0.0/21"] }),
          field: z
            .string()
            .min(1)
            .meta({ description: "The field that may change", examples: ["vlan"] }),
        }),
      )
      .default([])
      .meta({
        description:
          "Dangerous changes of existing objects that are allowed (docs/safety.md); a refusal prints the entry to add",
      }),
  })
  .meta({
    description:
      "Canonical MAAS; required unless there is an existingCluster. Its API key is the secret maasApiKey, or the environment variable VMO_METAL_<NAME>_MAAS_API_KEY",
  });

/** The section with its defaults, flat. */
export function resolveMaas({ networks, ...section }: z.output<typeof maasSchema>): MaasSection {
  return { ...section, manageNetworks: networks.managed };
}
