import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, readCloudConfig } from "../client/clusters";
import { accountByName, accountByUid } from "../accounts";
import { markerKey } from "../ownership";
import { presentProfiles } from "./attached-profiles";
import { changedLayerLines, changedLayers } from "./changed-layers";
import { managedInputs } from "./cluster-ownership";
import type { ClusterInputs, ClusterOutputs } from "./inputs";
import { inOrderOf, presentPool } from "./pools";
import { presentSettings } from "./settings";
import { clusterOutputs } from "./wait";

/** A cluster as it really is, said like our inputs; what only says how to go about it is taken from the state. */
export async function presentCluster(
  client: PaletteClient,
  found: ClusterAnswer,
  state: Partial<ClusterInputs & ClusterOutputs>,
): Promise<{ inputs: ClusterInputs; outputs: ClusterOutputs }> {
  const outputs = clusterOutputs(found);
  const config = outputs.configUid === null ? undefined : await readCloudConfig(client, outputs.configUid);
  const { [markerKey]: _marker, ...labels } = found.metadata.labels ?? {};
  const origin = state.origin ?? "adopted";
  const inputs: ClusterInputs = {
    name: found.metadata.name,
    cloudAccount: await presentAccount(client, config?.spec.cloudAccountRef?.uid, state.cloudAccount),
    domain: config?.spec.clusterConfig?.domain ?? state.domain ?? "",
    podCidr: state.podCidr ?? null,
    serviceCidr: state.serviceCidr ?? null,
    sshKeys: config?.spec.clusterConfig?.sshKeys ?? [],
    ntpServers: config?.spec.clusterConfig?.ntpServers ?? [],
    labels,
    profiles: await presentProfiles(client, found, state.profiles ?? []),
    secretVariables: state.secretVariables ?? {},
    changedLayers: changedLayerLines(await changedLayers(client, found, state.secretValues ?? [])),
    secretValues: state.secretValues ?? null,
    pools: inOrderOf((config?.spec.machinePoolConfig ?? []).map(presentPool), state.pools ?? []),
    ...presentSettings(found),
    approveRepave: state.approveRepave ?? false,
    updateWorkerPoolsInParallel:
      found.spec?.clusterConfig?.updateWorkerPoolsInParallel ?? state.updateWorkerPoolsInParallel ?? false,
    forceDelete: state.forceDelete ?? false,
    forceDeleteAfterMinutes: state.forceDeleteAfterMinutes ?? 20,
    timeoutMinutes: state.timeoutMinutes ?? 180,
    adopt: state.adopt ?? false,
  };
  return {
    inputs: state.origin === undefined ? inputs : managedInputs(inputs, state, origin),
    outputs: {
      origin,
      ...outputs,
      replacing: state.replacing ?? [],
    },
  };
}

/**
 * The name of the account that a cluster uses. An account that was only renamed is the same one; it gets its name back as a resource of
 * its own, so that the cluster does not look like one of another account.
 */
async function presentAccount(
  client: PaletteClient,
  uid: string | undefined,
  ours: string | undefined,
): Promise<string> {
  if (uid === undefined) return ours ?? "";
  const named = ours === undefined ? undefined : await accountByName(client, ours);
  if (ours !== undefined && (named === undefined || named.metadata.uid === uid)) return ours;
  return (await accountByUid(client, uid))?.metadata.name ?? ours ?? "";
}
