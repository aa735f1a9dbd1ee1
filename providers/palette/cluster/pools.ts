import { z } from "zod";
import {
  minimumCoresSchema,
  minimumGigabytesSchema,
  minimumMebibytesSchema,
  poolSizeSchema,
} from "../../../model/quantities";
import { text } from "../../dynamic/fields";
import { samePlain } from "../../dynamic/plain";
import type { MachinePoolAnswer } from "../client/clusters";
import type { MachinePoolEntity } from "../client/request-schemas";

/** A taint of a pool's nodes. */
export interface Taint {
  key: string;
  value: string;
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** A machine pool: which machines of MAAS become which nodes. */
export interface MachinePool {
  name: string;
  controlPlane: boolean;
  /** Whether nodes of the control plane take workloads too; false for worker pools. */
  workloads: boolean;
  /** Number of nodes. */
  size: number;
  /** Resource pool of MAAS that machines are allocated from. */
  resourcePool: string;
  /** Zones of MAAS, over which the nodes are spread. */
  zones: string[];
  /** What a machine must have at least. */
  minimumCpuCores: number;
  minimumMemoryMebibytes: number;
  /** Size of the disk as Palette counts it (`minDiskSizeInGB`): whole GB, in spite of the name, which states keep. */
  minimumDiskGibibytes: number;
  /** Tags of MAAS that a machine must have, all of them. */
  machineTags: string[];
  labels: Record<string, string>;
  taints: Taint[];
  /** `RollingUpdateScaleOut` adds a node before it removes one (needs a spare machine); `RollingUpdateScaleIn` removes first. */
  updateStrategy: "RollingUpdateScaleOut" | "RollingUpdateScaleIn";
  /** Pause between two nodes of a repave, in seconds; worker pools only. */
  nodeRepaveInterval: number;
}

/** One machine pool with defaults; sets are sorted, so that their order is no change. */
export const machinePoolSchema = z.object({
  name: text(),
  controlPlane: z.boolean(),
  workloads: z.boolean().default(false),
  size: poolSizeSchema,
  resourcePool: text("the name of a resource pool of MAAS"),
  zones: z.array(z.string()).transform((zones) => [...new Set(zones)].sort()),
  minimumCpuCores: minimumCoresSchema,
  minimumMemoryMebibytes: minimumMebibytesSchema,
  minimumDiskGibibytes: minimumGigabytesSchema.default(0),
  machineTags: z
    .array(z.string())
    .default([])
    .transform((tags) => [...new Set(tags)].sort()),
  labels: z.record(z.string(), z.string()).default({}),
  taints: z
    .array(
      z.object({ key: text(), value: z.string(), effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]) }),
    )
    .default([]),
  updateStrategy: z.enum(["RollingUpdateScaleOut", "RollingUpdateScaleIn"]).default("RollingUpdateScaleOut"),
  nodeRepaveInterval: z.int().min(0).default(0),
}) as unknown as z.ZodType<MachinePool>;

/**
 * A pool as Palette takes it (`v1MaasMachinePoolConfigEntity`). Every field is sent, because a write replaces the whole pool.
 *
 * @param present the pool as it is: what is not described (annotations, sizes of an autoscaler, overrides of its configuration) is sent back as it was
 */
export function poolEntity(pool: MachinePool, present?: MachinePoolAnswer): MachinePoolEntity {
  return {
    cloudConfig: {
      azs: pool.zones,
      instanceType: {
        minCPU: pool.minimumCpuCores,
        minMemInMB: pool.minimumMemoryMebibytes,
        ...(pool.minimumDiskGibibytes === 0 ? {} : { minDiskSizeInGB: pool.minimumDiskGibibytes }),
      },
      resourcePool: pool.resourcePool,
      tags: pool.machineTags,
      useLxdVm: false,
    },
    poolConfig: {
      name: pool.name,
      size: pool.size,
      isControlPlane: pool.controlPlane,
      labels: [pool.controlPlane ? "control-plane" : "worker"],
      useControlPlaneAsWorker: pool.workloads,
      additionalLabels: pool.labels,
      taints: pool.taints,
      updateStrategy: { type: pool.updateStrategy },
      ...keptSettings(present),
      ...(pool.controlPlane
        ? {}
        : { nodeRepaveInterval: pool.nodeRepaveInterval, skipK8sUpgrade: "disabled" as const }),
    },
  };
}

function keptSettings(present: MachinePoolAnswer | undefined): Partial<MachinePoolEntity["poolConfig"]> {
  const { additionalAnnotations, additionalTags, minSize, maxSize } = present ?? {};
  const { overrideKubeadmConfiguration, overrideClusterAPIConfig, overrideHealthCheckConfiguration } = present ?? {};
  return {
    ...(overrideKubeadmConfiguration ? { overrideKubeadmConfiguration } : {}),
    ...(overrideClusterAPIConfig ? { overrideClusterAPIConfig } : {}),
    ...(overrideHealthCheckConfiguration ? { overrideHealthCheckConfiguration } : {}),
    ...(additionalAnnotations ? { additionalAnnotations } : {}),
    ...(additionalTags ? { additionalTags } : {}),
    // 0 is how Palette writes that there is no autoscaler.
    ...(minSize ? { minSize } : {}),
    ...(maxSize ? { maxSize } : {}),
  };
}

/** What the nodes of a pool are made from; everything else of a pool changes in place. */
const templateFields = [
  "controlPlane",
  "resourcePool",
  "zones",
  "minimumCpuCores",
  "minimumMemoryMebibytes",
  "minimumDiskGibibytes",
  "machineTags",
  "taints",
] as const satisfies readonly (keyof MachinePool)[];

/** The fields by which two pools have nodes of another make, so that a change from one to the other replaces nodes. Empty: none. */
export function templateChanges(left: MachinePool, right: MachinePool): string[] {
  return templateFields.filter((field) => !samePlain(left[field], right[field]));
}

/** A pool as it really is. What Palette leaves out has its server-side default; order of zones, tags and pools means nothing. */
export function presentPool(answer: MachinePoolAnswer): MachinePool {
  return {
    name: answer.name,
    controlPlane: answer.isControlPlane ?? false,
    workloads: answer.useControlPlaneAsWorker ?? false,
    size: answer.size ?? 0,
    resourcePool: answer.resourcePool ?? "",
    zones: [...(answer.azs ?? [])].sort(),
    minimumCpuCores: answer.instanceType.minCPU ?? 0,
    minimumMemoryMebibytes: answer.instanceType.minMemInMB ?? 0,
    minimumDiskGibibytes: answer.instanceType.minDiskSizeInGB ?? 0,
    machineTags: [...(answer.tags ?? [])].sort(),
    labels: answer.additionalLabels ?? {},
    taints: (answer.taints ?? []).map(({ key, value, effect }) => ({
      key,
      value: value ?? "",
      effect: effect as Taint["effect"],
    })),
    updateStrategy:
      answer.updateStrategy?.type === "RollingUpdateScaleIn" ? "RollingUpdateScaleIn" : "RollingUpdateScaleOut",
    nodeRepaveInterval: answer.nodeRepaveInterval ?? 0,
  };
}

/** The present pools in the order of ours; a pool that is not ours comes last. */
export function inOrderOf(present: readonly MachinePool[], ours: readonly MachinePool[]): MachinePool[] {
  const position = (pool: MachinePool): number => {
    const index = ours.findIndex(({ name }) => name === pool.name);
    return index < 0 ? ours.length : index;
  };
  return [...present].sort((left, right) => position(left) - position(right) || left.name.localeCompare(right.name));
}
