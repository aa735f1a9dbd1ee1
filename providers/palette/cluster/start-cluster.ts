import { InputError } from "../../dynamic/errors";
import { accountByName } from "../accounts";
import { type ClusterAnswer, clusterByName } from "../client/clusters";
import { requestBody } from "../client/request-body";
import { clusterCreateSchema } from "../client/request-schemas";
import type { PaletteConnection } from "../connection";
import { markerKey, type Origin, originOf } from "../ownership";
import { resolveProfiles, variableEntities } from "./attached-profiles";
import { bringCluster, type Brought } from "./bring-cluster";
import { clusterDifferences, clusterRefusal, effectiveInputs } from "./cluster-ownership";
import type { ClusterInputs, ClusterLink } from "./inputs";
import { markedLabels } from "./marked-labels";
import { poolEntity } from "./pools";
import { presentCluster } from "./present-cluster";
import { setComponentUpgrades } from "./settings";

/** A cluster that is on its way. */
export interface Started {
  uid: string;
  origin: Origin;
  /** What was set in motion on one that existed already. */
  brought?: Brought;
}

/** Finds or makes the cluster. One of ours that exists already comes from a run that was stopped: it is gone on with. */
export async function startCluster(link: ClusterLink, inputs: ClusterInputs): Promise<Started> {
  const found = await clusterByName(link.client, inputs.name);
  if (found === undefined) return { uid: await createCluster(link, inputs), origin: "created" };
  const owner = found.metadata.labels?.[markerKey];
  const origin = originOf(owner, link.datacenter);
  refuseDeleting(found, inputs.name);
  const { uid } = found.metadata;
  if (origin === "created") {
    // What was sent last is not known, and Palette hides secret values: all of them are sent.
    return { uid, origin, brought: await bringExisting(link, found, inputs, origin, () => true) };
  }
  const { differs, effective } = await admitExisting(link, found, inputs, origin);
  return differs
    ? { uid, origin, brought: await bringExisting(link, found, effective, origin, () => true) }
    : { uid, origin };
}

/**
 * The inputs to bring a cluster to that was not created here, and whether it differs from them: when it does not, nothing is written.
 *
 * @throws InputError when it differs and must not be changed
 */
export async function admitExisting(
  link: ClusterLink,
  found: ClusterAnswer,
  inputs: ClusterInputs,
  origin: Origin,
): Promise<{ effective: ClusterInputs; differs: boolean }> {
  const actual = (await presentCluster(link.client, found, inputs)).inputs;
  const effective = effectiveInputs(inputs, actual, origin);
  const differences = clusterDifferences(actual, effective);
  const owner = found.metadata.labels?.[markerKey];
  const { name, adopt } = inputs;
  const refusal = clusterRefusal({ name, origin, owner, datacenter: link.datacenter, adopt, differences });
  if (refusal !== undefined) throw new InputError(refusal);
  return { effective, differs: differences.length > 0 };
}

async function bringExisting(
  link: ClusterLink,
  found: ClusterAnswer,
  inputs: ClusterInputs,
  origin: Origin,
  secretIsNew: (key: string, value: string) => boolean,
): Promise<Brought> {
  const labels = markedLabels(inputs.labels, { origin, datacenter: link.datacenter, present: found });
  return bringCluster(link.client, found, inputs, {
    labels,
    secretIsNew,
    changedLayers: [],
    diagnose: link.metal?.diagnose,
  });
}

/** @throws InputError for a cluster that is on its way out: nothing can be changed of it, and it is not there much longer. */
export function refuseDeleting(found: ClusterAnswer, name: string): void {
  if (found.status?.state !== "Deleting") return;
  throw new InputError(
    `Cluster "${name}" is being deleted in Palette. Run destroy to wait for its end; an up with --refresh makes it anew when it is gone.`,
  );
}

async function createCluster(link: PaletteConnection, inputs: ClusterInputs): Promise<string> {
  const { client } = link;
  const account = await accountByName(client, inputs.cloudAccount);
  if (account === undefined)
    throw new InputError(`Palette has no MAAS cloud account "${inputs.cloudAccount}" in this project.`);
  const profiles = await resolveProfiles(client, inputs);
  const { schedule, onDemandPatchAfter, ...flags } = inputs.osPatch;
  const osPatchConfig = {
    ...flags,
    ...(schedule === null ? {} : { schedule }),
    ...(onDemandPatchAfter === null ? {} : { onDemandPatchAfter }),
  };
  const labels = markedLabels(inputs.labels, { origin: "created", datacenter: link.datacenter, present: undefined });
  const body = requestBody(clusterCreateSchema, {
    metadata: { name: inputs.name, labels, annotations: {} },
    spec: {
      cloudAccountUid: account.metadata.uid,
      cloudConfig: { domain: inputs.domain, sshKeys: inputs.sshKeys, ntpServers: inputs.ntpServers },
      profiles: profiles.map(({ uid, variables }) => ({
        uid,
        packValues: [],
        variables: variableEntities(variables),
      })),
      machinepoolconfig: inputs.pools.map((pool) => poolEntity(pool)),
      clusterConfig: {
        updateWorkerPoolsInParallel: inputs.updateWorkerPoolsInParallel,
        machineManagementConfig: { osPatchConfig },
        ...(inputs.timezone === null ? {} : { timezone: inputs.timezone }),
      },
      policies: {},
    },
  });
  const made = await client.create({ path: "/v1/spectroclusters/maas", body }, async () => {
    const found = await clusterByName(client, inputs.name);
    return found?.metadata.labels?.[markerKey] === link.datacenter ? { uid: found.metadata.uid } : undefined;
  });
  if (inputs.componentUpgrades === "lock") await setComponentUpgrades(client, made.uid, "lock");
  return made.uid;
}
