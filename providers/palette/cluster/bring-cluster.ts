import { InputError } from "../../dynamic/errors";
import { samePlain } from "../../dynamic/plain";
import type { PaletteClient } from "../client/client";
import {
  type CloudConfigAnswer,
  type ClusterAnswer,
  machinePools,
  readCloudConfig,
  replaceClusterConfig,
} from "../client/clusters";
import { requestBody } from "../client/request-body";
import { clusterMetadataSchema } from "../client/request-schemas";
import { resolveProfiles } from "./attached-profiles";
import { bringProfiles, hasOtherProfiles } from "./bring-profiles";
import { layersToRestore, restoreLayers } from "./changed-layers";
import type { ClusterInputs } from "./inputs";
import { domainRefusals, poolRefusals } from "./lasting";
import { admitReplacements, nodeReplacements, nodeSettings } from "./node-replacement";
import type { PoolDiagnosis } from "./pool-diagnosis";
import { poolEntity, presentPool } from "./pools";
import { awaitsApproval, describeRepave } from "./repave";
import { bringSettings } from "./settings";
import { clusterOutputs } from "./wait";

/** Of a cluster that nothing was sent to. */
export const nothingSent: Brought = { replacesNodes: false, changed: false };

/** What bringing a cluster to what is wanted sets in motion. */
export interface Brought {
  /** Whether nodes may be replaced by it, so that a wait has to look twice before it believes that nothing moves. */
  replacesNodes: boolean;
  /** Whether other profiles or values were sent. */
  changed: boolean;
}

/** What bringing a cluster to what is wanted needs besides its inputs. */
export interface BringOptions {
  /** All labels, the marker included. */
  labels: Record<string, string>;
  /** Whether a secret variable has another value than was sent last. */
  secretIsNew: (key: string, value: string) => boolean;
  /** Layers (`profile/pack`) that were seen to be changed on the cluster itself, and are put back. */
  changedLayers: readonly string[];
  /** Says whether a pool has a spare machine; absent when nobody knows. */
  diagnose: PoolDiagnosis | undefined;
}

/**
 * Brings an existing cluster to what is wanted, in the order that Palette needs: labels, settings, profiles with their variables, then pools,
 * removals last.
 *
 * @throws InputError before anything is sent, when a repave waits that is neither approved nor taken back, by another set of profiles or by layers
 *   that are put back, or when nodes would be replaced without approval or without the spare machine that it takes
 */
export async function bringCluster(
  client: PaletteClient,
  cluster: ClusterAnswer,
  inputs: ClusterInputs,
  { labels, secretIsNew, diagnose, ...seen }: BringOptions,
): Promise<Brought> {
  const uid = cluster.metadata.uid;
  const profiles = await resolveProfiles(client, inputs);
  const changed = await layersToRestore(client, cluster, profiles, seen.changedLayers);
  const takenBack = hasOtherProfiles(cluster, profiles) || changed.length > 0;
  if (awaitsApproval(cluster) && !inputs.approveRepave && !takenBack) {
    throw new InputError(await describeRepave(client, uid, inputs.name));
  }
  const configUid = cluster.spec?.cloudConfigRef?.uid;
  const config = configUid === undefined ? undefined : await readCloudConfig(client, configUid);
  refuseLasting(cluster, config, inputs);
  const replacements = config === undefined ? [] : nodeReplacements(nodeSettings(config), inputs);
  await admitReplacements(inputs.name, replacements, inputs.approveRepave, diagnose);
  await bringLabels(client, cluster, inputs.name, labels);
  await bringSettings(client, cluster, inputs);
  if (configUid !== undefined && config !== undefined) await bringCloudConfig(client, configUid, config, inputs);
  const swapped = await bringProfiles(client, uid, profiles, secretIsNew);
  await restoreLayers(client, uid, changed, profiles);
  if (configUid !== undefined && config !== undefined) await bringPools(client, configUid, config, inputs);
  const sent = swapped || changed.length > 0;
  return { replacesNodes: sent || replacements.length > 0, changed: sent };
}

/** Also for a cluster that is taken over: what a preview compares with is then the description of nobody. */
function refuseLasting(cluster: ClusterAnswer, config: CloudConfigAnswer | undefined, inputs: ClusterInputs): void {
  const present = (config?.spec.machinePoolConfig ?? []).map(presentPool);
  const domain = config?.spec.clusterConfig?.domain ?? inputs.domain;
  const reasons = [
    ...poolRefusals(present, inputs.pools),
    ...(domain === inputs.domain ? [] : domainRefusals(clusterOutputs(cluster).apiEndpoint, inputs.domain)),
  ];
  if (reasons.length > 0)
    throw new InputError(reasons.map((reason) => `Cluster "${inputs.name}": ${reason} Nothing was sent.`).join("\n"));
}

async function bringLabels(
  client: PaletteClient,
  cluster: ClusterAnswer,
  name: string,
  labels: Record<string, string>,
): Promise<void> {
  if (samePlain(cluster.metadata.labels ?? {}, labels)) return;
  const metadata = { name, labels, annotations: cluster.metadata.annotations ?? {} };
  const body = requestBody(clusterMetadataSchema, { metadata });
  const path = `/v1/spectroclusters/${cluster.metadata.uid}/metadata`;
  await client.send({ method: "PATCH", path, body, repeatable: true });
}

async function bringCloudConfig(
  client: PaletteClient,
  configUid: string,
  { spec: { clusterConfig } }: CloudConfigAnswer,
  inputs: ClusterInputs,
): Promise<void> {
  const wanted = { domain: inputs.domain, sshKeys: inputs.sshKeys, ntpServers: inputs.ntpServers };
  const present = {
    domain: clusterConfig?.domain ?? "",
    sshKeys: clusterConfig?.sshKeys ?? [],
    ntpServers: clusterConfig?.ntpServers ?? [],
  };
  if (!samePlain(present, wanted)) await replaceClusterConfig(client, configUid, { ...kept(clusterConfig), ...wanted });
}

/** Settings that are not described, which a replacement would drop. */
function kept(present: CloudConfigAnswer["spec"]["clusterConfig"]): KeptSettings {
  const { enableLxdVm, overrideClusterAPIConfig, staticIp } = present ?? {};
  return {
    ...(typeof enableLxdVm === "boolean" ? { enableLxdVm } : {}),
    ...(typeof overrideClusterAPIConfig === "string" ? { overrideClusterAPIConfig } : {}),
    ...(typeof staticIp === "boolean" ? { staticIp } : {}),
  };
}

interface KeptSettings {
  enableLxdVm?: boolean;
  overrideClusterAPIConfig?: string;
  staticIp?: boolean;
}

async function bringPools(
  client: PaletteClient,
  configUid: string,
  config: CloudConfigAnswer,
  inputs: ClusterInputs,
): Promise<void> {
  const answers = config.spec.machinePoolConfig ?? [];
  for (const pool of inputs.pools) {
    const answer = answers.find(({ name }) => name === pool.name);
    const found = answer === undefined ? undefined : presentPool(answer);
    if (found === undefined) await machinePools.add(client, configUid, poolEntity(pool), pool.name);
    else if (!samePlain(found, pool))
      await machinePools.replace(client, configUid, poolEntity(pool, answer), pool.name);
  }
  for (const { name } of answers) {
    if (!inputs.pools.some((pool) => pool.name === name)) await machinePools.remove(client, configUid, name);
  }
}
