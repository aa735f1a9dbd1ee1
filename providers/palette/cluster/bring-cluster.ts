import { InputError } from "../../dynamic/errors";
import { samePlain } from "../../dynamic/plain";
import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, machinePools, readCloudConfig, replaceClusterConfig } from "../client/clusters";
import { bringProfiles, resolveProfiles } from "./attached-profiles";
import type { ClusterInputs } from "./inputs";
import { poolEntity, presentPool } from "./pools";

/**
 * Brings an existing cluster to what is wanted, in the order that Palette needs: a waiting repave first (nothing else is taken while it waits),
 * labels, cluster-wide settings, profiles with their variables, then pools, removals last.
 *
 * @throws InputError when a repave waits and is not approved.
 */
export async function bringCluster(
  client: PaletteClient,
  cluster: ClusterAnswer,
  inputs: ClusterInputs,
  markedLabels: Record<string, string>,
): Promise<void> {
  const uid = cluster.metadata.uid;
  await settleRepave(client, cluster, inputs);
  if (!samePlain(cluster.metadata.labels ?? {}, markedLabels)) {
    const metadata = { name: inputs.name, labels: markedLabels, annotations: cluster.metadata.annotations ?? {} };
    await client.send({
      method: "PATCH",
      path: `/v1/spectroclusters/${uid}/metadata`,
      body: { metadata },
      repeatable: true,
    });
  }
  const configUid = cluster.spec?.cloudConfigRef?.uid;
  if (configUid !== undefined) await bringSettings(client, configUid, inputs);
  await bringProfiles(client, cluster, await resolveProfiles(client, inputs));
  if (configUid !== undefined) await bringPools(client, configUid, inputs);
}

async function settleRepave(client: PaletteClient, cluster: ClusterAnswer, inputs: ClusterInputs): Promise<void> {
  if (cluster.status?.repave?.state !== "Pending") return;
  const uid = cluster.metadata.uid;
  if (inputs.approveRepave) {
    await client.send({ method: "PATCH", path: `/v1/spectroclusters/${uid}/repave/approve`, repeatable: true });
    return;
  }
  const status = await client.get<{ spec?: { reasons?: { message?: string }[] | null } | null } | null>(
    `/v1/spectroclusters/${uid}/repave/status`,
  );
  const reasons = (status?.spec?.reasons ?? [])
    .map((reason) => reason.message ?? "")
    .filter((message) => message !== "");
  throw new InputError(
    `Cluster "${inputs.name}" waits for approval of a repave (every node is replaced, one after the other): ${reasons.join("; ") || "no reason given"}. ` +
      "Palette takes no other change meanwhile. Set cluster.approveRepave: true to approve it, or take the change back in Palette.",
  );
}

async function bringSettings(client: PaletteClient, configUid: string, inputs: ClusterInputs): Promise<void> {
  const { clusterConfig } = (await readCloudConfig(client, configUid)).spec;
  const wanted = { domain: inputs.domain, sshKeys: inputs.sshKeys, ntpServers: inputs.ntpServers };
  const present = {
    domain: clusterConfig?.domain ?? "",
    sshKeys: clusterConfig?.sshKeys ?? [],
    ntpServers: clusterConfig?.ntpServers ?? [],
  };
  if (!samePlain(present, wanted)) await replaceClusterConfig(client, configUid, { ...clusterConfig, ...wanted });
}

async function bringPools(client: PaletteClient, configUid: string, inputs: ClusterInputs): Promise<void> {
  const present = ((await readCloudConfig(client, configUid)).spec.machinePoolConfig ?? []).map(presentPool);
  for (const pool of inputs.pools) {
    const found = present.find(({ name }) => name === pool.name);
    if (found === undefined) await machinePools.add(client, configUid, poolEntity(pool), pool.name);
    else if (!samePlain(found, pool)) await machinePools.replace(client, configUid, poolEntity(pool), pool.name);
  }
  for (const pool of present) {
    const wanted = inputs.pools.some(({ name }) => name === pool.name);
    if (!wanted) await machinePools.remove(client, configUid, pool.name);
  }
}
