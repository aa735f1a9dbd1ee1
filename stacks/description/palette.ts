import { z } from "zod";
import { certificateText } from "../../model/certificate";
import { checkedText } from "../../model/checked-text";
import { hostProblem } from "../../model/dns-names";
import { lineField, lineProblem } from "../../model/plain-text";
import { webAddressField, webAddressProblem } from "../../model/web-address";
import { packNames } from "../../profiles/render/reference-versions";
import { maasUrlProblem } from "./maas";

/** The host of Spectro Cloud's own Palette. */
export const PALETTE_SAAS_HOST = "api.spectrocloud.com";

/** How the program reaches Palette. The API key is a secret (`paletteApiKey`) or comes from the environment. */
export interface PaletteSection {
  /** Palette's address with scheme, without a slash at the end. */
  readonly url: string;
  /** Addresses that the same tenant had before. */
  readonly formerUrls: readonly string[];
  /** The authority that signed Palette's certificate, PEM text; null = the system's authorities. */
  readonly caCertificate: string | null;
  /** The project in which everything is made. */
  readonly project: string;
  /** The private cloud gateway that reaches MAAS. */
  readonly gateway: string;
  /** Whether cluster profiles and a cluster that exist already are taken over; otherwise they are an error. */
  readonly adopt: boolean;
  /** The MAAS cloud account. */
  readonly account: CloudAccount;
  /** Where the packs of our profiles come from. */
  readonly registries: Registries;
}

/** Names of registries in Palette. Exported profiles name theirs themselves. */
export interface Registries {
  /** The registry of every layer that `layers` does not name. */
  readonly packs: string;
  /** Registries by the pack's name of the layer. */
  readonly layers: Readonly<Partial<Record<string, string>>>;
}

/** The MAAS cloud account in Palette. */
export interface CloudAccount {
  /** Its name. */
  readonly name: string;
  /** MAAS's address as the gateway reaches it. */
  readonly maasUrl: string;
  /** Names of the networks (subnets) from which the API server's address is chosen, the first one first. */
  readonly preferredSubnets: readonly string[];
}

/** Why a text is not Palette's address, or undefined when it is; a bare host is one. */
export function paletteUrlProblem(text: string): string | undefined {
  if (/^[a-z0-9.-]+(:\d+)?$/i.test(text))
    return URL.canParse(`https://${text}`)
      ? hostProblem(text.replace(/:\d+$/, ""))
      : "has a port that is none: write host:port, 1 to 65535";
  const problem = webAddressProblem(text);
  if (problem !== undefined) return problem;
  const { pathname } = new URL(text);
  if (pathname !== "/" || text.endsWith("/")) return `has a path: write ${new URL(text).origin}`;
  return undefined;
}

const url = (description: string) => webAddressField(paletteUrlProblem, description, [`https://${PALETTE_SAAS_HOST}`]);

const name = (description: string, example: string) =>
  checkedText(
    (text) => lineProblem(text) ?? (text.length > 128 ? `has ${text.length} characters: write at most 128` : undefined),
    description,
    [example],
  );

/** The `palette` section as it is written. */
export const paletteSchema = z
  .strictObject({
    url: url("Palette's address; a bare host means https"),
    formerUrls: z.array(url("A former address")).default([]).meta({
      description:
        "Addresses that the same tenant had before: what was made on one of them is not refused as another tenant's",
    }),
    caCertificate: certificateText.nullable().default(null).meta({
      description: "PEM text of the authority that signed Palette's certificate; none = the system's authorities",
    }),
    project: name("The Palette project in which everything is made", "vmo"),
    gateway: name("The private cloud gateway that reaches MAAS", "dc1-gateway"),
    adopt: z.boolean().default(false).meta({
      description:
        "Allow changes of a cloud account and a cluster that exist already and that this datacenter did not create; they stay on destroy. What is as described is adopted without it",
    }),
    account: z
      .strictObject({
        name: name("Name of the MAAS cloud account; default maas-<name of the datacenter>", "maas-dc1").optional(),
        maasUrl: webAddressField(maasUrlProblem, "MAAS's address as the gateway reaches it; default maas.url", [
          "http://maas.example.com:5240/MAAS",
        ]).optional(),
        preferredSubnets: z.array(lineField("A network")).min(1).optional().meta({
          description:
            "Networks (MAAS subnet names) from which the API server's address is chosen; default the management network",
        }),
      })
      .prefault({})
      .meta({ description: "The MAAS cloud account in Palette" }),
    registries: z
      .strictObject({
        packs: name("The registry that holds the packs of the profiles", "Palette Registry").default("Public Repo"),
        layers: z
          .strictObject(
            Object.fromEntries(
              packNames.map((pack) => [
                pack,
                name(`The registry of pack ${pack}`, "Palette Community Registry").optional(),
              ]),
            ),
          )
          .default({})
          .meta({ description: "Registries of single layers, by the name of their pack" }),
      })
      .prefault({})
      .meta({
        description:
          "Registries of the tenant, by name. Public Repo and Palette Registry mean the vendor's own registry, whichever of the two the tenant has",
      }),
  })
  .meta({
    description:
      "Spectro Cloud Palette; leave the section out for metal only. Its API key is the secret paletteApiKey, or the environment variable VMO_METAL_<NAME>_PALETTE_API_KEY",
  });

/** Fills in what the section takes from others. */
export function resolvePalette(
  section: z.output<typeof paletteSchema>,
  datacenter: { name: string; maasUrl: string; managementSubnet: string },
): PaletteSection {
  return {
    ...section,
    url: /^https?:\/\//i.test(section.url) ? section.url : `https://${section.url}`,
    account: {
      name: section.account.name ?? `maas-${datacenter.name}`,
      maasUrl: section.account.maasUrl ?? datacenter.maasUrl,
      preferredSubnets: section.account.preferredSubnets ?? [datacenter.managementSubnet],
    },
  };
}
