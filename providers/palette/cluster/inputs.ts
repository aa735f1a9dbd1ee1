import { z } from "zod";
import { text } from "../../dynamic/fields";
import type { ResourceKind } from "../../dynamic/kind";
import type { PaletteConnection } from "../connection";
import type { Origin } from "../ownership";
import type { MetalView } from "./metal-view";
import { clusterNamePattern, clusterNameRule } from "./cluster-name";
import { type MachinePool, machinePoolSchema } from "./pools";
import { type ClusterSettings, settingsSchema } from "./settings";

/** A profile attached to a cluster: by name and version, its uid is looked up. */
export interface AttachedProfile {
  name: string;
  version: string;
  /** Values of its variables, as text. Secret ones stand in `secretVariables` under `profile/variable`. */
  variables: Record<string, string>;
}

/** Plain inputs of a cluster. */
export interface ClusterInputs extends ClusterSettings {
  name: string;
  cloudAccount: string;
  domain: string;
  podCidr: string | null;
  serviceCidr: string | null;
  sshKeys: string[];
  ntpServers: string[];
  labels: Record<string, string>;
  profiles: AttachedProfile[];
  secretVariables: Record<string, string>;
  changedLayers: Record<string, string[]> | null;
  secretValues: string[] | null;
  pools: MachinePool[];
  approveRepave: boolean;
  updateWorkerPoolsInParallel: boolean;
  forceDelete: boolean;
  forceDeleteAfterMinutes: number;
  timeoutMinutes: number;
  adopt: boolean;
}

/** Computed outputs of a cluster. */
export interface ClusterOutputs {
  origin: Origin;
  /** Uid of its cloud config, where the pools are. Null until Palette has made it. */
  configUid: string | null;
  /** `host:port` of the Kubernetes API; null until it is known. */
  apiEndpoint: string | null;
  /** `pending` while a repave waits for approval. */
  repave: "none" | "pending";
  /** Uids of the machines that a repave replaces; kept until none of them is left. */
  replacing: string[];
}

/** What the methods of a cluster act on. */
export interface ClusterLink extends PaletteConnection {
  /** What MAAS knows of the machines; absent when nobody does. */
  readonly metal: MetalView | undefined;
}

/** The kind of a cluster. */
export type ClusterKind = ResourceKind<ClusterInputs, ClusterOutputs, ClusterLink>;

/** Inputs and their defaults. */
export const clusterSchema: ClusterKind["schema"] = {
  name: z.string().regex(clusterNamePattern, { error: `must be ${clusterNameRule}` }),
  cloudAccount: text("the name of a cloud account"),
  domain: text("a DNS domain of MAAS"),
  podCidr: z.string().nullable().default(null),
  serviceCidr: z.string().nullable().default(null),
  sshKeys: z.array(z.string()).default([]),
  ntpServers: z.array(z.string()).default([]),
  labels: z.record(z.string(), z.string()).default({}),
  profiles: z
    .array(z.object({ name: text(), version: text(), variables: z.record(z.string(), z.string()).default({}) }))
    .min(1, { error: "must name at least one cluster profile" }),
  secretVariables: z.record(z.string(), z.string()).default({}),
  // Null and not empty: a state that was written before there was such an input has none.
  changedLayers: z.record(z.string(), z.array(z.string())).nullable().default(null),
  secretValues: z.array(z.string()).nullable().default(null),
  pools: z.array(machinePoolSchema).min(1, { error: "must have at least a control plane pool" }),
  ...settingsSchema,
  approveRepave: z.boolean().default(false),
  updateWorkerPoolsInParallel: z.boolean().default(false),
  forceDelete: z.boolean().default(false),
  forceDeleteAfterMinutes: z.number().min(0).default(20),
  timeoutMinutes: z.number().positive().default(180),
  adopt: z.boolean().default(false),
};
