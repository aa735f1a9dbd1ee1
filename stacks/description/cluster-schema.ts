import { z } from "zod";
import { clusterNamePattern, clusterNameRule } from "../../providers/palette/cluster/cluster-name";
import { REFERENCE_VERSIONS } from "./cluster";
import { operationsFields } from "./cluster-operations";
import { labelKeyField, labelValueField } from "./kubernetes-label";
import { profileFilesField } from "./profile-files";
import { certificateText } from "../../model/certificate";
import { hostProblem } from "../../model/dns-names";
import { layerTextField } from "../../model/plain-text";
import { gibibytesSchema, minimumCoresSchema, minimumGigabytesSchema, poolSizeSchema } from "../../model/quantities";
import { sshKeyProblem } from "../../model/ssh-key";
import { webAddressField, webAddressProblem } from "../../model/web-address";
import { checkedText, cpuSetField, labelField, patternText, withoutRepetition, placeNameField } from "./fields";

const hostOrAddress = checkedText(hostProblem, "Time server", ["ntp.example.com"]);

const version = (description: string, value: string) =>
  patternText(/^\d+\.\d+(\.\d+)?$/, "is not a version: write it in full and in quotes", description, [value]).default(
    value,
  );

/** The API server takes an issuer by https only. */
function issuerProblem(text: string): string | undefined {
  return webAddressProblem(text) ?? (/^https:/i.test(text) ? undefined : "is not encrypted: Kubernetes wants https://");
}

/** A node has each pair of key and effect once. */
function withoutSameTaint(taints: readonly { key: string; effect: string }[], context: z.RefinementCtx): void {
  withoutRepetition(
    taints.map(({ key, effect }) => `${key}:${effect}`),
    context,
  );
}

const taintSchema = z.strictObject({
  key: labelKeyField("Key"),
  value: labelValueField("Value; default none").default(""),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).meta({ description: "Effect" }),
});

const poolFields = {
  hostGroup: labelField("Host group that its machines come from", "worker-pool"),
  size: poolSizeSchema.optional(),
  zones: z
    .array(placeNameField("Zone", "az1"))
    .min(1)
    .superRefine(withoutRepetition)
    .optional()
    .meta({ description: "Zones over which its nodes are spread; default those of the host group" }),
  minimum: z
    .strictObject({
      cpuCores: minimumCoresSchema.min(1).optional().meta({ description: "CPU cores" }),
      memoryGigabytes: gibibytesSchema.optional().meta({ description: "Memory, GB (1024 MiB)" }),
      diskGigabytes: minimumGigabytesSchema.min(1).optional().meta({ description: "Disk, whole GB; default 60" }),
    })
    .default({})
    .meta({ description: "Least hardware of a machine; default by the RA's tables" }),
  labels: z
    .record(labelKeyField("Key"), labelValueField("Value"))
    .default({})
    .meta({ description: "Labels of its nodes" }),
  taints: z.array(taintSchema).superRefine(withoutSameTaint).default([]).meta({ description: "Taints of its nodes" }),
  updateStrategy: z.enum(["RollingUpdateScaleOut", "RollingUpdateScaleIn"]).optional().meta({
    description:
      "How nodes are replaced: scale-out first adds the spare, scale-in first takes a node away; default by the storage",
  }),
};

const workerPoolSchema = z.strictObject({
  name: labelField("Name of the pool in Palette; default the host group's", "worker-pool").optional(),
  ...poolFields,
  hostGroup: poolFields.hostGroup.default("worker-pool"),
  size: poolFields.size.meta({ description: "Number of nodes; default all machines of the host group but the spare" }),
});

const kubeletSchema = z
  .strictObject({
    maxPods: z.int().min(1).default(250).meta({ description: "Most pods on a node" }),
    reservedCores: cpuSetField("CPUs kept for the operating system, Portworx and the kubelet").default("0-7"),
    systemReservedMebibytes: z
      .int()
      .min(0)
      .default(8192)
      .meta({ description: "Memory kept for the operating system and Portworx, MiB" }),
    kubeReservedMebibytes: z
      .int()
      .min(0)
      .default(4096)
      .meta({ description: "Memory kept for kubelet and container runtime, MiB" }),
    evictionHardMebibytes: z
      .int()
      .min(0)
      .default(100)
      .meta({ description: "Free memory below which pods are evicted, MiB" }),
    numaMemoryMebibytes: z.array(z.int().min(0)).min(1).max(8).optional().meta({
      description:
        "How much of the memory kept each NUMA node gives, MiB; the sum must equal the three above; default all from node 0",
    }),
  })
  .prefault({})
  .meta({ description: "The kubelet on workers (RA, Ubuntu layer)" });

const identityProviderSchema = z
  .union([
    z.enum(["palette", "none"]),
    z.strictObject({
      issuerUrl: webAddressField(issuerProblem, "Issuer", ["https://login.example.com"]),
      clientId: layerTextField("Client id"),
      usernameClaim: layerTextField("Claim that names the user").default("email"),
      groupsClaim: layerTextField("Claim that names the user's groups").default("groups"),
    }),
  ])
  .default("palette")
  .meta({ description: "Who the users are: palette, none, or an OIDC provider of your own" });

const profileVersion = (profile: string) =>
  patternText(
    /^\d+\.\d+\.\d+$/,
    "is not a profile version: write three numbers, like 1.7.0",
    `Version of the ${profile} profile`,
    ["1.7.0"],
  ).default("1.7.0");

/** The `cluster` section as it is written. */
export const clusterSchema = z
  .strictObject({
    name: patternText(
      clusterNamePattern,
      `is not a cluster name: ${clusterNameRule}`,
      "Name of the cluster in Palette; default the datacenter's",
      ["dc1"],
    ).optional(),
    controlPlane: z
      .strictObject({
        name: labelField("Name of the pool in Palette", "control-plane").default("control-plane"),
        ...poolFields,
        hostGroup: poolFields.hostGroup.default("control-plane"),
        size: poolFields.size.default(3).meta({ description: "Number of nodes: 3 or 5" }),
        workloads: z.boolean().default(false).meta({ description: "Run workloads on control plane nodes too" }),
      })
      .prefault({})
      .meta({ description: "The control plane" }),
    workers: z.array(workerPoolSchema).min(1).prefault([{}]).meta({ description: "The worker pools" }),
    namespaces: z
      .int()
      .min(1)
      .default(100)
      .meta({ description: "Namespaces that are planned for; sizes the control plane" }),
    versions: z
      .strictObject({
        operatingSystem: version("Ubuntu", REFERENCE_VERSIONS.operatingSystem),
        kubernetes: version("Palette eXtended Kubernetes", REFERENCE_VERSIONS.kubernetes),
        cilium: version("Cilium", REFERENCE_VERSIONS.cilium),
        portworx: version("Portworx /w Operator", REFERENCE_VERSIONS.portworx),
        metallb: version("MetalLB (Helm)", REFERENCE_VERSIONS.metallb),
        nginx: version("Nginx", REFERENCE_VERSIONS.nginx),
        prometheus: version("Prometheus - Grafana", REFERENCE_VERSIONS.prometheus),
        virtualMachineOrchestrator: version(
          "Virtual Machine Orchestrator",
          REFERENCE_VERSIONS.virtualMachineOrchestrator,
        ),
      })
      .prefault({})
      .meta({ description: "Versions of the layers (RA, Software resources)" }),
    profileVersions: z
      .strictObject({
        infra: profileVersion("infra"),
        core: profileVersion("core"),
        templates: profileVersion("templates"),
      })
      .prefault({})
      .meta({ description: "Versions of the cluster profiles; a changed layer needs a new one" }),
    identityProvider: identityProviderSchema,
    access: z
      .enum(["proxied", "direct"])
      .default("proxied")
      .meta({ description: "How users reach the VM dashboard; direct is for a Palette of your own" }),
    consoleBaseAddress: webAddressField(
      webAddressProblem,
      "Where browsers reach the consoles of VMs with direct access",
      ["https://vms.dc1.example.com/v1"],
    )
      .nullable()
      .default(null),
    kubelet: kubeletSchema,
    certificateAuthorities: z
      .array(certificateText)
      .default([])
      .meta({ description: "PEM certificates of authorities that all nodes trust" }),
    sshKeys: z
      .array(checkedText(sshKeyProblem, "Public SSH key"))
      .superRefine(withoutRepetition)
      .default([])
      .meta({ description: "Public SSH keys for the user spectro on all nodes" }),
    ntpServers: z
      .array(hostOrAddress)
      .superRefine(withoutRepetition)
      .default([])
      .meta({ description: "Time servers of all nodes" }),
    profileFiles: profileFilesField,
    ...operationsFields,
  })
  .prefault({})
  .meta({ description: "The cluster in Palette" });
