import { z } from "zod";
import type { Json } from "../json";
import type { MachinePoolSpec } from "../model/machine-pool";
import { PACK_TYPES } from "../model/profile";

const map = z.record(z.string(), z.string());
const names = z.array(z.string());

/** `v1MaasClusterConfig`. */
export const cloudConfigSchema = z.object({
  domain: z.string(),
  sshKeys: names.optional(),
  ntpServers: names.optional(),
  enableLxdVm: z.boolean().optional(),
  staticIp: z.boolean().optional(),
  overrideClusterAPIConfig: z.string().optional(),
});

/** `v1MaasMachinePoolConfigEntity`: the write shape of a machine pool. */
export const poolSchema = z.object({
  cloudConfig: z.object({
    instanceType: z.object({
      minCPU: z.number().int().optional(),
      minMemInMB: z.number().int().optional(),
      minDiskSizeInGB: z.number().int().optional(),
    }),
    // Null is refused, an empty name is not.
    resourcePool: z.string(),
    azs: names.optional(),
    tags: names.optional(),
    useLxdVm: z.boolean().optional(),
    network: z
      .object({ networkName: z.string(), parentPoolUid: z.string().optional(), staticIp: z.boolean().optional() })
      .optional(),
  }),
  poolConfig: z.object({
    name: z.string().min(1),
    size: z.number().int().nonnegative(),
    labels: names,
    isControlPlane: z.boolean().default(false),
    useControlPlaneAsWorker: z.boolean().default(false),
    minSize: z.number().int().optional(),
    maxSize: z.number().int().optional(),
    nodeRepaveInterval: z.number().int().optional(),
    updateStrategy: z
      .object({
        type: z.enum(["RollingUpdateScaleOut", "RollingUpdateScaleIn", "OverrideScaling"]).optional(),
        maxSurge: z.string().optional(),
        maxUnavailable: z.string().optional(),
      })
      .optional(),
    additionalLabels: map.optional(),
    additionalAnnotations: map.optional(),
    additionalTags: map.optional(),
    taints: z
      .array(
        z.object({
          key: z.string().optional(),
          value: z.string().optional(),
          effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
          timeAdded: z.string().optional(),
        }),
      )
      .optional(),
    machinePoolProperties: z.object({ archType: z.enum(["amd64", "arm64"]).optional() }).optional(),
    skipK8sUpgrade: z.enum(["enabled", "disabled"]).default("disabled"),
    overrideKubeadmConfiguration: z.string().optional(),
    overrideClusterAPIConfig: z.string().optional(),
    overrideHealthCheckConfiguration: z.string().optional(),
  }),
});

/** A machine pool as a client sends it, with defaults. */
export type PoolInput = z.output<typeof poolSchema>;

/** The pool as it is kept: one level. */
export function poolSpec({ cloudConfig, poolConfig }: PoolInput): MachinePoolSpec {
  const { machinePoolProperties, updateStrategy, ...pool } = poolConfig;
  return {
    ...pool,
    ...cloudConfig,
    archType: machinePoolProperties?.archType,
    updateStrategy: { ...updateStrategy, type: updateStrategy?.type ?? "RollingUpdateScaleOut" },
  };
}

/** A manifest given for a cluster. */
const manifest = z.object({ name: z.string(), content: z.string().default(""), uid: z.string().default("") });

/** A profile to attach (`v1SpectroClusterProfileEntity`). */
const attachSchema = z.object({
  uid: z.string().min(1),
  packValues: z
    .array(
      z.object({
        name: z.string(),
        tag: z.string().default(""),
        type: z.enum(PACK_TYPES).default("spectro"),
        values: z.string().default(""),
        manifests: z.array(manifest).default([]),
      }),
    )
    .default([]),
  variables: z.array(z.object({ name: z.string(), value: z.string().default("") })).optional(),
  replaceWithProfile: z.string().default(""),
});

/** Profiles to attach, as a client sends them, with defaults. */
export type AttachInput = z.output<typeof attachSchema>;

/** `v1SpectroClusterProfiles`: profiles to attach or to attach instead. */
export const attachListSchema = z.object({
  profiles: z.array(attachSchema),
  spcApplySettings: z
    .object({ actionType: z.enum(["DownloadAndInstall", "DownloadAndInstallLater"]).optional() })
    .optional(),
});

const settings = z.record(z.string(), z.unknown());

/** `v1ClusterConfigEntity`. */
const clusterConfigSchema = z.object({
  clusterMetaAttribute: z.string().optional(),
  controlPlaneHealthCheckTimeout: z.string().optional(),
  hostClusterConfig: settings.optional(),
  hyperShiftConfig: settings.optional(),
  lifecycleConfig: settings.optional(),
  location: settings.optional(),
  machineManagementConfig: settings.optional(),
  resources: settings.optional(),
  timezone: z.string().optional(),
  updateWorkerPoolsInParallel: z.boolean().optional(),
});

/** `v1SpectroMaasClusterEntity`. */
export const clusterSchema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    labels: map.default({}),
    annotations: map.default({}),
  }),
  spec: z.object({
    cloudAccountUid: z.string().min(1),
    cloudConfig: cloudConfigSchema,
    profiles: z.array(attachSchema).default([]),
    machinepoolconfig: z.array(poolSchema).default([]),
    clusterConfig: clusterConfigSchema.default({}),
    clusterTemplate: z.object({ uid: z.string() }).optional(),
    clusterType: z.enum(["PureManage", "PureAttach", "PureAdopt"]).default("PureManage"),
  }),
});

/** A cluster as a client sends it, with defaults. */
export type ClusterInput = z.output<typeof clusterSchema>;

/** `clusterConfig` as it is kept: settings by name. */
export function keptClusterConfig(config: Record<string, unknown>): Record<string, Json> {
  return JSON.parse(JSON.stringify(config)) as Record<string, Json>;
}
