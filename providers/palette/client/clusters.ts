import { z } from "zod";
import { isGone } from "../../http/lost-answer";
import type { PaletteClient } from "./client";
import { isAbout, objectMetaSchema } from "./object-meta";
import { requestBody } from "./request-body";
import {
  clusterConfigUpdateSchema,
  clusterSearchSchema,
  type MachinePoolEntity,
  machinePoolEntitySchema,
} from "./request-schemas";
import { manifestEntries, packSchema, profileManifestsSchema } from "./profiles";

/** A condition of a cluster, e.g. `CloudInfrastructureReady`. */
const conditionSchema = z.object({
  type: z.string(),
  /** `True`, `False` or `Unknown`. */
  status: z.string(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
});

/** A profile as it is attached to a cluster. */
const attachedTemplateSchema = z.object({
  uid: z.string().min(1),
  name: z.string(),
  /** `infra`, `add-on` or `cluster`. */
  type: z.string().nullish(),
  profileVersion: z.string().nullish(),
  /** Its layers as the cluster has them: a copy, which may have been changed on the cluster. */
  packs: z.array(packSchema).nullish(),
});

/** Settings of a cluster as they are read. */
const clusterConfigSchema = z.object({
  timezone: z.string().nullish(),
  updateWorkerPoolsInParallel: z.boolean().nullish(),
  machineManagementConfig: z
    .object({
      osPatchConfig: z
        .object({
          patchOnBoot: z.exactOptional(z.boolean()),
          schedule: z.string().nullish(),
          onDemandPatchAfter: z.string().nullish(),
          rebootIfRequired: z.exactOptional(z.boolean()),
        })
        .nullish(),
    })
    .nullish(),
});

/** How far a layer is on the cluster. */
const packStatusSchema = z.object({
  name: z.string(),
  profileUid: z.string().nullish(),
  version: z.string().nullish(),
  condition: conditionSchema.nullish(),
});

/** A cluster as Palette answers it (`GET /v1/spectroclusters/{uid}`). `status` is empty for a while after the creation. */
const clusterSchema = z
  .object({
    metadata: objectMetaSchema,
    spec: z
      .object({
        cloudConfigRef: z.object({ uid: z.string().min(1) }).nullish(),
        clusterConfig: clusterConfigSchema.nullish(),
        clusterProfileTemplates: z.array(attachedTemplateSchema).nullish(),
      })
      .nullish(),
    status: z
      .object({
        state: z.exactOptional(z.string()),
        conditions: z.array(conditionSchema).nullish(),
        packs: z.array(packStatusSchema).nullish(),
        apiEndpoints: z.array(z.object({ host: z.string(), port: z.int() })).nullish(),
        repave: z.object({ state: z.string().nullish() }).nullish(),
        spcApply: z
          .object({ canBeApplied: z.exactOptional(z.boolean()), actionType: z.exactOptional(z.string()) })
          .nullish(),
      })
      .nullish(),
  })
  .describe("a cluster");

/** A machine pool as it is read: flattened, other than it is written. */
const machinePoolSchema = z.object({
  name: z.string(),
  size: z.exactOptional(z.int()),
  isControlPlane: z.exactOptional(z.boolean()),
  useControlPlaneAsWorker: z.exactOptional(z.boolean()),
  resourcePool: z.string().nullish(),
  azs: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  instanceType: z.object({
    minCPU: z.exactOptional(z.number()),
    minMemInMB: z.exactOptional(z.number()),
    minDiskSizeInGB: z.exactOptional(z.number()),
  }),
  additionalLabels: z.record(z.string(), z.string()).nullish(),
  taints: z.array(z.object({ key: z.string(), value: z.exactOptional(z.string()), effect: z.string() })).nullish(),
  updateStrategy: z.object({ type: z.exactOptional(z.string()) }).nullish(),
  nodeRepaveInterval: z.int().nullish(),
  minSize: z.int().nullish(),
  maxSize: z.int().nullish(),
  additionalAnnotations: z.record(z.string(), z.string()).nullish(),
  additionalTags: z.record(z.string(), z.string()).nullish(),
  overrideKubeadmConfiguration: z.string().nullish(),
  overrideClusterAPIConfig: z.string().nullish(),
  overrideHealthCheckConfiguration: z.string().nullish(),
});

/** The cloud config of a MAAS cluster: account, cluster-wide settings and pools. */
const cloudConfigSchema = z
  .object({
    metadata: z.object({ uid: z.string() }),
    spec: z.object({
      cloudAccountRef: z.object({ uid: z.string().min(1), name: z.exactOptional(z.string()) }).nullish(),
      clusterConfig: z
        .object({
          domain: z.exactOptional(z.string()),
          sshKeys: z.array(z.string()).nullish(),
          ntpServers: z.array(z.string()).nullish(),
          enableLxdVm: z.boolean().nullish(),
          overrideClusterAPIConfig: z.string().nullish(),
          staticIp: z.boolean().nullish(),
        })
        .nullish(),
      machinePoolConfig: z.array(machinePoolSchema).nullish(),
    }),
  })
  .describe("the cloud config of a cluster");

/** What is known of a machine's health, e.g. why it could not be deployed. */
const machineConditionSchema = conditionSchema.extend({ type: z.string().nullish(), status: z.string().nullish() });

/** A machine of a pool. */
const machineSchema = z.object({
  metadata: objectMetaSchema,
  spec: z.object({ hostname: z.string().nullish(), az: z.string().nullish() }).nullish(),
  status: z
    .object({
      instanceState: z.string().nullish(),
      ready: z.exactOptional(z.boolean()),
      health: z.object({ conditions: z.array(machineConditionSchema).nullish() }).nullish(),
    })
    .nullish(),
});

/** Values of a profile's variables on a cluster; sensitive ones come masked. */
const clusterVariablesSchema = z.object({
  profileUid: z.string(),
  variables: z
    .array(z.object({ name: z.string(), value: z.string().nullish(), isSensitive: z.exactOptional(z.boolean()) }))
    .nullish(),
});

/** An array by the API's description; an object with the array in the provider's mock. */
const variablesAnswerSchema = z
  .union([
    z.array(clusterVariablesSchema),
    z.object({ variables: z.array(clusterVariablesSchema) }).transform(({ variables }) => variables),
  ])
  .describe("the variables of a cluster");

const overviewSchema = z
  .object({
    metadata: z.object({ uid: z.string() }),
    status: z.object({ health: z.object({ state: z.string().nullish() }).nullish() }).nullish(),
  })
  .describe("the overview of a cluster");

const manifestsSchema = z
  .object({ profiles: z.array(profileManifestsSchema).nullable() })
  .describe("the manifests of a cluster");

/** See {@link readCluster}. */
export type ClusterAnswer = z.infer<typeof clusterSchema>;
/** A condition of a cluster. */
export type Condition = z.infer<typeof conditionSchema>;
/** What is known of a machine's health. */
export type MachineCondition = z.infer<typeof machineConditionSchema>;
/** A profile as it is attached to a cluster. */
export type AttachedTemplate = z.infer<typeof attachedTemplateSchema>;
/** Settings of a cluster as they are read. */
export type ClusterConfigAnswer = z.infer<typeof clusterConfigSchema>;
/** How far a layer is on the cluster. */
export type PackStatus = z.infer<typeof packStatusSchema>;
/** A machine pool as it is read. */
export type MachinePoolAnswer = z.infer<typeof machinePoolSchema>;
/** See {@link readCloudConfig}. */
export type CloudConfigAnswer = z.infer<typeof cloudConfigSchema>;
/** See {@link readMachines}. */
export type MachineAnswer = z.infer<typeof machineSchema>;
/** See {@link readClusterVariables}. */
export type ClusterVariablesAnswer = z.infer<typeof clusterVariablesSchema>;

const root = "/v1/spectroclusters";
const configs = "/v1/cloudconfigs/maas";

/** A cluster by uid. Undefined when it does not exist any more: 404, or kept for a while with state Deleted. */
export async function readCluster(client: PaletteClient, uid: string): Promise<ClusterAnswer | undefined> {
  try {
    const found = await client.get(`${root}/${uid}`, clusterSchema, undefined, isAbout(uid));
    return found.status?.state === "Deleted" ? undefined : found;
  } catch (failure) {
    if (isGone(failure)) return undefined;
    throw failure;
  }
}

const isExactly = (name: string) => ({
  operator: "eq" as const,
  negation: false,
  ignoreCase: false,
  match: { conjunction: "or" as const, values: [name] },
});

/** The cluster of that exact name which is not deleted. */
export async function clusterByName(client: PaletteClient, name: string): Promise<ClusterAnswer | undefined> {
  const found = await client.search(
    "/v1/dashboard/spectroclusters/search",
    z.object({ metadata: objectMetaSchema }),
    "clusters",
    requestBody(clusterSearchSchema, {
      filter: {
        conjunction: "and",
        filterGroups: [
          {
            conjunction: "and",
            filters: [
              { property: "clusterName", type: "string", condition: { string: isExactly(name) } },
              { property: "isDeleted", type: "bool", condition: { bool: { value: false } } },
            ],
          },
        ],
      },
      sort: [],
    }),
  );
  for (const { metadata } of found.filter((item) => item.metadata.name === name)) {
    const cluster = await readCluster(client, metadata.uid);
    if (cluster !== undefined) return cluster;
  }
  return undefined;
}

/** Health as the overview tells it, `Healthy` or `Unhealthy`; the plain read has none. Empty when it is not known yet. */
export async function clusterHealth(client: PaletteClient, uid: string): Promise<string> {
  const path = `/v1/dashboard/spectroclusters/${uid}/overview`;
  const overview = await client.get(path, overviewSchema, undefined, isAbout(uid));
  return overview.status?.health?.state ?? "";
}

/** Account, settings and pools of a cluster. */
export async function readCloudConfig(client: PaletteClient, configUid: string): Promise<CloudConfigAnswer> {
  return client.get(`${configs}/${configUid}`, cloudConfigSchema, undefined, isAbout(configUid));
}

/** The machines of one pool. Rows of released machines may stay in the list for a while: they are left out. */
export async function readMachines(client: PaletteClient, configUid: string, pool: string): Promise<MachineAnswer[]> {
  const path = `${configs}/${configUid}/machinePools/${encodeURIComponent(pool)}/machines`;
  const rows = await client.list(path, machineSchema, "machines");
  return rows.filter(({ status }) => status?.instanceState !== "Deleted");
}

/** Variables of all attached profiles with their values. */
export async function readClusterVariables(client: PaletteClient, uid: string): Promise<ClusterVariablesAnswer[]> {
  return client.get(`${root}/${uid}/variables`, variablesAnswerSchema);
}

/** Contents of the manifests of all attached profiles as the cluster has them, by `profile uid/pack/name`. */
export async function readClusterManifests(client: PaletteClient, uid: string): Promise<Map<string, string>> {
  const answer = await client.get(`${root}/${uid}/profiles/packs/manifests`, manifestsSchema);
  return new Map(
    (answer.profiles ?? []).flatMap(({ metadata, spec }) =>
      manifestEntries(spec.packs).map(([key, content]): [string, string] => [`${metadata.uid}/${key}`, content]),
    ),
  );
}

/** Adds, replaces or removes a pool. A replacement is a whole one. */
export const machinePools = {
  add: (client: PaletteClient, configUid: string, pool: MachinePoolEntity, name: string): Promise<unknown> =>
    client.create(
      { path: `${configs}/${configUid}/machinePools`, body: requestBody(machinePoolEntitySchema, pool) },
      async () => {
        const config = await readCloudConfig(client, configUid);
        const found = (config.spec.machinePoolConfig ?? []).find((pool) => pool.name === name);
        return found === undefined ? undefined : { uid: found.name };
      },
    ),
  replace: (client: PaletteClient, configUid: string, pool: MachinePoolEntity, name: string): Promise<unknown> =>
    client.send({
      method: "PUT",
      path: `${configs}/${configUid}/machinePools/${encodeURIComponent(name)}`,
      body: requestBody(machinePoolEntitySchema, pool),
    }),
  remove: (client: PaletteClient, configUid: string, name: string): Promise<unknown> =>
    client.send({ method: "DELETE", path: `${configs}/${configUid}/machinePools/${encodeURIComponent(name)}` }),
};

/** Replaces the cluster-wide settings. */
export async function replaceClusterConfig(
  client: PaletteClient,
  configUid: string,
  clusterConfig: z.input<typeof clusterConfigUpdateSchema>["clusterConfig"],
): Promise<void> {
  const body = requestBody(clusterConfigUpdateSchema, { clusterConfig });
  await client.send({ method: "PUT", path: `${configs}/${configUid}/clusterConfig`, body });
}
