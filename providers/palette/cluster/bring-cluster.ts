import { InputError } from "../../dynamic/errors";
import { samePlain } from "../../dynamic/plain";
import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, machinePools, readCloudConfig, replaceClusterConfig } from "../client/clusters";
import { resolveProfiles } from "./attached-profiles";
import { bringProfiles, hasOtherProfiles } from "./bring-profiles";
import type { ClusterInputs } from "./inputs";
import { poolEntity, presentPool, sameTemplate } from "./pools";
import { awaitsApproval, describeRepave } from "./repave";
import { bringSettings } from "./settings";

/** What bringing a cluster to what is wanted sets in motion. */
export interface Brought {
  /** Whether nodes may be replaced by it, so that a wait has to look twice before it believes that nothing moves. */
  replacesNodes: boolean;
}

/**
 * Brings an existing cluster to what is wanted, in the order that Palette needs: labels, settings, profiles with their variables, then pools,
 * removals last.
 *
 * @param secretIsNew whether a secret variable has another value than was sent last
 * @throws InputError when a repave waits that is neither approved nor taken back by another set of profiles
 */
export async function bringCluster(
  client: PaletteClient,
  cluster: ClusterAnswer,
  inputs: ClusterInputs,
  markedLabels: Record<string, string>,
  secretIsNew: (key: string, value: string) => boolean,
): Promise<Brought> {
  const uid = cluster.metadata.uid;
  const profiles = await resolveProfiles(client, inputs);
  if (awaitsApproval(cluster) && !inputs.approveRepave && !hasOtherProfiles(cluster, profiles)) {
    throw new InputError(await describeRepave(client, uid, inputs.name));
  }
  await bringLabels(client, cluster, inputs.name, markedLabels);
  await bringSettings(client, cluster, inputs);
  const configUid = cluster.spec?.cloudConfigRef?.uid;
  const reconfigured = configUid === undefined ? false : await bringCloudConfig(client, configUid, inputs);
  const swapped = await bringProfiles(client, uid, profiles, secretIsNew);
  const rebuilt = configUid === undefined ? false : await bringPools(client, configUid, inputs);
  return { replacesNodes: reconfigured || swapped || rebuilt };
}

async function bringLabels(
  client: PaletteClient,
  cluster: ClusterAnswer,
  name: string,
  labels: Record<string, string>,
): Promise<void> {
  if (samePlain(cluster.metadata.labels ?? {}, labels)) return;
  const metadata = { name, labels, annotations: cluster.metadata.annotations ?? {} };
  const path = `/v1/spectroclusters/${cluster.metadata.uid}/metadata`;
  await client.send({ method: "PATCH", path, body: { metadata }, repeatable: true });
}

async function bringCloudConfig(client: PaletteClient, configUid: string, inputs: ClusterInputs): Promise<boolean> {
  const { clusterConfig } = (await readCloudConfig(client, configUid)).spec;
  const wanted = { domain: inputs.domain, sshKeys: inputs.sshKeys, ntpServers: inputs.ntpServers };
  const present = {
    domain: clusterConfig?.domain ?? "",
    sshKeys: clusterConfig?.sshKeys ?? [],
    ntpServers: clusterConfig?.ntpServers ?? [],
  };
  if (samePlain(present, wanted)) return false;
  await replaceClusterConfig(client, configUid, { ...clusterConfig, ...wanted });
  return true;
}

async function bringPools(client: PaletteClient, configUid: string, inputs: ClusterInputs): Promise<boolean> {
  const answers = (await readCloudConfig(client, configUid)).spec.machinePoolConfig ?? [];
  let rebuilt = false;
  for (const pool of inputs.pools) {
    const answer = answers.find(({ name }) => name === pool.name);
    const found = answer === undefined ? undefined : presentPool(answer);
    if (found === undefined) await machinePools.add(client, configUid, poolEntity(pool), pool.name);
    else if (!samePlain(found, pool)) {
      await machinePools.replace(client, configUid, poolEntity(pool, answer), pool.name);
      rebuilt ||= !sameTemplate(found, pool);
    }
  }
  for (const { name } of answers) {
    if (!inputs.pools.some((pool) => pool.name === name)) await machinePools.remove(client, configUid, name);
  }
  return rebuilt;
}
