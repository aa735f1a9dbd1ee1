import type { PaletteClient } from "./client";
import { isNotFound } from "./failure";
import type { ObjectMeta } from "./object-meta";
import { manifestEntries, type PackAnswer, type PackManifestsAnswer } from "./profiles";

/** A condition of a cluster, e.g. `CloudInfrastructureReady`. */
export interface Condition {
  type: string;
  /** `True`, `False` or `Unknown`. */
  status: string;
  reason?: string | null;
  message?: string | null;
}

/** A profile as it is attached to a cluster. */
export interface AttachedTemplate {
  uid: string;
  name: string;
  /** `infra`, `add-on` or `cluster`. */
  type?: string | null;
  profileVersion?: string | null;
  /** Its layers as the cluster has them: a copy, which may have been changed on the cluster. */
  packs?: PackAnswer[] | null;
}

/** Settings of a cluster as they are read. */
export interface ClusterConfigAnswer {
  timezone?: string | null;
  updateWorkerPoolsInParallel?: boolean | null;
  machineManagementConfig?: {
    osPatchConfig?: {
      patchOnBoot?: boolean;
      schedule?: string | null;
      onDemandPatchAfter?: string | null;
      rebootIfRequired?: boolean;
    } | null;
  } | null;
}

/** How far a layer is on the cluster. */
export interface PackStatus {
  name: string;
  profileUid?: string | null;
  version?: string | null;
  condition?: Condition | null;
}

/** A cluster as Palette answers it (`GET /v1/spectroclusters/{uid}`). `status` is empty for a while after the creation. */
export interface ClusterAnswer {
  metadata: ObjectMeta;
  spec?: {
    cloudConfigRef?: { uid: string } | null;
    clusterConfig?: ClusterConfigAnswer | null;
    clusterProfileTemplates?: AttachedTemplate[] | null;
  } | null;
  status?: {
    state?: string;
    conditions?: Condition[] | null;
    packs?: PackStatus[] | null;
    apiEndpoints?: { host: string; port: number }[] | null;
    repave?: { state?: string | null } | null;
    spcApply?: { canBeApplied?: boolean; actionType?: string } | null;
  } | null;
}

/** A machine pool as it is read: flattened, other than it is written. */
export interface MachinePoolAnswer {
  name: string;
  size?: number;
  isControlPlane?: boolean;
  useControlPlaneAsWorker?: boolean;
  resourcePool?: string | null;
  azs?: string[] | null;
  tags?: string[] | null;
  instanceType: { minCPU?: number; minMemInMB?: number; minDiskSizeInGB?: number };
  additionalLabels?: Record<string, string> | null;
  taints?: { key: string; value?: string; effect: string }[] | null;
  updateStrategy?: { type?: string } | null;
  nodeRepaveInterval?: number | null;
  minSize?: number | null;
  maxSize?: number | null;
  additionalAnnotations?: Record<string, string> | null;
  additionalTags?: Record<string, string> | null;
}

/** The cloud config of a MAAS cluster: account, cluster-wide settings and pools. */
export interface CloudConfigAnswer {
  spec: {
    cloudAccountRef?: { uid: string; name?: string } | null;
    clusterConfig?: { domain?: string; sshKeys?: string[] | null; ntpServers?: string[] | null } | null;
    machinePoolConfig?: MachinePoolAnswer[] | null;
  };
}

/** A machine of a pool. */
export interface MachineAnswer {
  metadata: ObjectMeta;
  spec?: { hostname?: string | null; az?: string | null } | null;
  status?: { instanceState?: string | null; ready?: boolean } | null;
}

/** Values of a profile's variables on a cluster; sensitive ones come masked. */
export interface ClusterVariablesAnswer {
  profileUid: string;
  variables?: { name: string; value?: string | null; isSensitive?: boolean }[] | null;
}

const root = "/v1/spectroclusters";
const configs = "/v1/cloudconfigs/maas";

/** A cluster by uid. Undefined when it does not exist any more: 404, or kept for a while with state Deleted. */
export async function readCluster(client: PaletteClient, uid: string): Promise<ClusterAnswer | undefined> {
  try {
    const found = await client.get<ClusterAnswer>(`${root}/${uid}`);
    return found.status?.state === "Deleted" ? undefined : found;
  } catch (failure) {
    if (isNotFound(failure)) return undefined;
    throw failure;
  }
}

/** The cluster of that exact name which is not deleted. */
export async function clusterByName(client: PaletteClient, name: string): Promise<ClusterAnswer | undefined> {
  const filter = (property: string, type: string, condition: unknown): unknown => ({ property, type, condition });
  const found = await client.search<{ metadata: ObjectMeta }>("/v1/dashboard/spectroclusters/search", {
    filter: {
      conjunction: "and",
      filterGroups: [
        {
          conjunction: "and",
          filters: [
            filter("clusterName", "string", {
              string: {
                operator: "eq",
                negation: false,
                ignoreCase: false,
                match: { conjunction: "or", values: [name] },
              },
            }),
            filter("isDeleted", "bool", { bool: { value: false } }),
          ],
        },
      ],
    },
    sort: [],
  });
  for (const { metadata } of found.filter((item) => item.metadata.name === name)) {
    const cluster = await readCluster(client, metadata.uid);
    if (cluster !== undefined) return cluster;
  }
  return undefined;
}

/** Health as the overview tells it, `Healthy` or `Unhealthy`; the plain read has none. Empty when it is not known yet. */
export async function clusterHealth(client: PaletteClient, uid: string): Promise<string> {
  const overview = await client.get<{ status?: { health?: { state?: string | null } | null } | null } | null>(
    `/v1/dashboard/spectroclusters/${uid}/overview`,
  );
  return overview?.status?.health?.state ?? "";
}

/** Account, settings and pools of a cluster. */
export async function readCloudConfig(client: PaletteClient, configUid: string): Promise<CloudConfigAnswer> {
  return client.get<CloudConfigAnswer>(`${configs}/${configUid}`);
}

/** The machines of one pool. */
export async function readMachines(client: PaletteClient, configUid: string, pool: string): Promise<MachineAnswer[]> {
  return client.list<MachineAnswer>(`${configs}/${configUid}/machinePools/${encodeURIComponent(pool)}/machines`);
}

/** Variables of all attached profiles with their values. */
export async function readClusterVariables(client: PaletteClient, uid: string): Promise<ClusterVariablesAnswer[]> {
  const answer = await client.get<ClusterVariablesAnswer[] | { variables?: ClusterVariablesAnswer[] } | null>(
    `${root}/${uid}/variables`,
  );
  if (answer === null) return [];
  return Array.isArray(answer) ? answer : (answer.variables ?? []);
}

/** Contents of the manifests of all attached profiles as the cluster has them, by `profile uid/pack/name`. */
export async function readClusterManifests(client: PaletteClient, uid: string): Promise<Map<string, string>> {
  const answer = await client.get<{
    profiles?: { metadata: ObjectMeta; spec?: { packs?: PackManifestsAnswer[] | null } | null }[] | null;
  } | null>(`${root}/${uid}/profiles/packs/manifests`);
  return new Map(
    (answer?.profiles ?? []).flatMap(({ metadata, spec }) =>
      manifestEntries(spec?.packs).map(([key, content]): [string, string] => [`${metadata.uid}/${key}`, content]),
    ),
  );
}

/** Adds, replaces or removes a pool. A replacement is a whole one. */
export const machinePools = {
  add: (client: PaletteClient, configUid: string, body: unknown, name: string): Promise<unknown> =>
    client.create({ path: `${configs}/${configUid}/machinePools`, body }, async () => {
      const config = await readCloudConfig(client, configUid);
      return (config.spec.machinePoolConfig ?? []).find((pool) => pool.name === name);
    }),
  replace: (client: PaletteClient, configUid: string, body: unknown, name: string): Promise<unknown> =>
    client.send({ method: "PUT", path: `${configs}/${configUid}/machinePools/${encodeURIComponent(name)}`, body }),
  remove: (client: PaletteClient, configUid: string, name: string): Promise<unknown> =>
    client.send({ method: "DELETE", path: `${configs}/${configUid}/machinePools/${encodeURIComponent(name)}` }),
};

/** Replaces the cluster-wide settings. */
export async function replaceClusterConfig(
  client: PaletteClient,
  configUid: string,
  clusterConfig: unknown,
): Promise<void> {
  await client.send({ method: "PUT", path: `${configs}/${configUid}/clusterConfig`, body: { clusterConfig } });
}
