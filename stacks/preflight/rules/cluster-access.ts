import { PALETTE_SAAS_HOST } from "../../description/palette";
import { hostNetworks } from "../../description/all-networks";
import type { DescriptionRule } from "../rule";

/** Without a preferred subnet the API server's address is the PXE NIC's on hosts with several (cluster-api-provider-maas 385). */
export const preferredSubnets: DescriptionRule = {
  code: "CLU020",
  severity: "error",
  rule: "The cloud account's preferred subnets are networks of the description, the management network first.",
  check: ({ palette, networks }) => {
    if (palette === null) return [];
    const known = hostNetworks(networks).map(({ name }) => name);
    const { preferredSubnets: chosen } = palette.account;
    const unknown = chosen.filter((name) => !known.includes(name));
    const path = "palette.account.preferredSubnets";
    if (unknown.length > 0)
      return [
        {
          path,
          message: `${unknown.map((name) => `"${name}"`).join(", ")} is none of the networks ${known.join(", ")}`,
          fix: "Name networks of the description; they are MAAS subnet names.",
        },
      ];
    if (chosen[0] === networks.management.name) return [];
    return [
      {
        path,
        message: `"${chosen[0]}" comes first, so the Kubernetes API would be reached over it and not over the management network, where the nodes' addresses are`,
        fix: `Put "${networks.management.name}" first.`,
      },
    ];
  },
};

/** RA, Kubernetes layer: otherwise anyone with access to the VM dashboard has full permissions. */
export const identityProviderSet: DescriptionRule = {
  code: "CLU021",
  severity: "warning",
  rule: "The cluster has an OIDC identity provider.",
  check: ({ cluster }) =>
    cluster?.identityProvider.kind !== "none"
      ? []
      : [
          {
            path: "cluster.identityProvider",
            message: 'is "none": anyone with access to the VM dashboard has full permissions (RA, Kubernetes layer)',
            fix: 'Use "palette", or an OIDC provider of your own.',
          },
        ],
};

/** RA, VMO layer: Direct is only intended for self-hosted Palette installations. */
export const directAccess: DescriptionRule = {
  code: "CLU022",
  severity: "error",
  rule: "Direct access to the VM dashboard is used with a Palette of one's own only.",
  check: ({ cluster, palette }) =>
    cluster?.access !== "direct" || palette === null || new URL(palette.url).hostname !== PALETTE_SAAS_HOST
      ? []
      : [
          {
            path: "cluster.access",
            message: `is "direct", but ${PALETTE_SAAS_HOST} reaches the cluster through the Spectro proxy (RA, VMO layer)`,
            fix: 'Use "proxied".',
          },
        ],
};

/** Without it the dashboard opens consoles at Palette, which direct access leaves out. */
export const consoleAddress: DescriptionRule = {
  code: "CLU025",
  severity: "warning",
  rule: "Direct access to the VM dashboard comes with the address of the consoles, and only it does.",
  check: ({ cluster }) => {
    if (cluster === null || (cluster.access === "direct") === (cluster.consoleBaseAddress !== null)) return [];
    const path = "cluster.consoleBaseAddress";
    return cluster.access === "direct"
      ? [
          {
            path,
            message: "is missing: with direct access, browsers do not find the consoles of VMs",
            fix: "Give the address of the dashboard's Service, such as https://vms.dc1.example.com/v1.",
          },
        ]
      : [
          {
            path,
            message: "has no effect: consoles go through the Spectro proxy",
            fix: 'Leave it out, or set cluster.access to "direct".',
          },
        ];
  },
};
