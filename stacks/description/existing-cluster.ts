import { z } from "zod";
import { interfaceNameProblem } from "../../addressing/interface-name";
import { lineField } from "../../model/plain-text";
import { checkedText } from "./fields";
import type { Problem } from "./problem";

/** A cluster that exists and that this stack does not make: virtualization is layered on it. */
export interface ExistingCluster {
  /** File with its kubeconfig; null = the stack secret `kubeconfig`. */
  readonly kubeconfigFile: string | null;
  /** The context to use; null = the kubeconfig's current one. */
  readonly context: string | null;
  /** The VLAN-aware bridge of its workers. */
  readonly bridge: string;
}

/** The `existingCluster` section as it is written. */
export const existingClusterSchema = z
  .strictObject({
    kubeconfigFile: lineField("File with its kubeconfig; default the stack secret kubeconfig").nullable().default(null),
    context: lineField("Context of the kubeconfig; default its current one").nullable().default(null),
    bridge: checkedText(interfaceNameProblem, "The VLAN-aware bridge that all of its workers have", ["br0"]).default(
      "br0",
    ),
  })
  .optional()
  .meta({
    description:
      "A cluster that exists, with KubeVirt, CDI and Multus on it, instead of one that Palette makes: only virtualization is layered on it",
  });

/** Sections about metal: without `maas` nothing would read them. */
const METAL = ["zones", "domain", "fabric", "diskErasing", "hosts"];

/** Sections about the cluster that Palette makes. */
const CLUSTER = ["cluster", "storage", "virtualization"];

/** Networks of hosts; those of virtual machines are not among them. */
const HOST_NETWORKS = ["provisioning", "management", "data", "storage", "pods", "services", "loadBalancer"];

/**
 * What is wrong with the choice of layers in a description as it is written: sections that are missing, and sections that would be ignored without a
 * word.
 */
export function layerProblems(input: unknown): Problem[] {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return [];
  const sections = input as Readonly<Record<string, unknown>>;
  const has = (name: string): boolean => sections[name] !== undefined;
  const hasPalette = has("palette") && sections["palette"] !== null;
  if (!has("existingCluster")) return [...missingMetal(has), ...(hasPalette ? [] : metalOnly(has))];
  return [
    ...(hasPalette
      ? [
          {
            path: "existingCluster",
            message: 'cannot be given together with "palette", which makes a cluster of its own: take one of them out',
          },
        ]
      : []),
    ...(has("maas") ? missingMetal(has) : virtualizationOnly(sections, has)),
    ...written(["cluster"], has, 'describes a cluster that Palette makes: take it out, or "existingCluster"'),
    ...deliveredByProfile(sections["virtualization"]),
  ];
}

function missingMetal(has: (name: string) => boolean): Problem[] {
  const missing = ["domain", "hosts"].filter((name) => !has(name));
  return [
    ...(has("maas")
      ? []
      : [
          {
            path: "maas",
            message:
              'is missing: add "maas"; it has no default. For virtualization on a cluster that exists, add "existingCluster" instead',
          },
        ]),
    ...missing.map((path) => ({ path, message: `is missing: add "${path}"; it has no default` })),
  ];
}

function metalOnly(has: (name: string) => boolean): Problem[] {
  return written(
    CLUSTER,
    has,
    'is only for a datacenter with a cluster: add the section "palette" (or "existingCluster"), or take this one out (metal only)',
  );
}

function virtualizationOnly(sections: Readonly<Record<string, unknown>>, has: (name: string) => boolean): Problem[] {
  const why = 'is about metal, which this stack does not describe: add the section "maas", or take this out';
  const networks = sections["networks"];
  const names = typeof networks === "object" && networks !== null ? Object.keys(networks) : [];
  return [
    ...written(METAL, has, why),
    ...HOST_NETWORKS.filter((name) => names.includes(name)).map((name) => ({ path: `networks.${name}`, message: why })),
  ];
}

function deliveredByProfile(virtualization: unknown): Problem[] {
  const delivery =
    typeof virtualization === "object" && virtualization !== null
      ? (virtualization as Record<string, unknown>)["delivery"]
      : undefined;
  return delivery === "profile"
    ? [
        {
          path: "virtualization.delivery",
          message:
            'is "profile", but this stack attaches no profile to a cluster that exists: leave it out (objects), or write none',
        },
      ]
    : [];
}

function written(sections: readonly string[], has: (name: string) => boolean, message: string): Problem[] {
  return sections.filter(has).map((path) => ({ path, message }));
}
