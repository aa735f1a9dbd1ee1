import { InputError, PartialFailure, messageOf } from "../../dynamic/errors";
import { fingerprint, matchesFingerprint } from "../../dynamic/fingerprint";
import type { PlainObject } from "../../dynamic/plain";
import { accountByName, accountByUid } from "../cloud-account";
import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, clusterByName, readCloudConfig, readCluster, readMachines } from "../client/clusters";
import type { Created } from "../client/object-meta";
import { connect, type PaletteConnection } from "../connection";
import { markerKey, type Origin, originOf } from "../ownership";
import { presentProfiles, resolveProfiles } from "./attached-profiles";
import { bringCluster } from "./bring-cluster";
import { type ClusterInputs, type ClusterKind, type ClusterOutputs, clusterSchema } from "./inputs";
import { inOrderOf, poolEntity, presentPool } from "./pools";
import { clusterOutputs, type PoolDiagnosis, waitUntilDeleted, waitUntilSettled, type WaitOptions } from "./wait";

/** Inputs that a cluster has for good; another value would need another cluster, and a live cluster is never replaced. */
const fixed = ["name", "cloudAccount"] as const;

/**
 * The kind of a MAAS cluster.
 *
 * @param diagnose says why a pool does not fill up; given by who knows MAAS too
 */
export function clusterKind(diagnose?: PoolDiagnosis): ClusterKind {
  const waiting = (inputs: ClusterInputs): WaitOptions => ({
    deadline: Date.now() + inputs.timeoutMinutes * 60_000,
    pollInterval: pollInterval(),
    report: (line) => console.log(`palette:Cluster ${inputs.name}: ${line}`),
    diagnose,
  });
  return {
    kind: "palette:Cluster",
    schema: clusterSchema,
    outputs: ["origin", "configUid", "apiEndpoint", "variableFingerprints"],
    informative: ["adopt", "forceDelete", "timeoutMinutes", "approveRepave"],
    connect,
    checkTogether: checkPools,
    refuse: refuseReplacement,
    mustUpdate: (olds, news) => news.approveRepave && olds["approveRepave"] === false,

    async create(link, inputs) {
      const { uid, origin } = await start(link, inputs);
      const known = unfinished(inputs, origin);
      return { id: uid, outputs: await settle(link.client, uid, inputs, known, waiting(inputs)) };
    },

    async read(link, id, state) {
      const found = await readCluster(link.client, id);
      return found === undefined ? undefined : { id, ...(await present(link, found, state)) };
    },

    async update(link, id, olds, news) {
      const found = await readCluster(link.client, id);
      if (found === undefined)
        throw new InputError(`Cluster "${olds.name}" is gone from Palette; run with --refresh, then it is made again.`);
      await bringCluster(link.client, found, news, markedLabels(link, news, olds.origin));
      const known = { ...olds, ...unfinished(news, olds.origin), ...clusterOutputs(found) };
      return { outputs: await settle(link.client, id, news, known, waiting(news)) };
    },

    async delete(link, id, state) {
      if (state.origin === "adopted") return;
      const { client } = link;
      const found = await readCluster(client, id);
      if (found === undefined) return;
      if (found.status?.state !== "Deleting")
        await client.send({ method: "DELETE", path: `/v1/spectroclusters/${id}` });
      if (state.forceDelete) await force(client, id, state);
      await waitUntilDeleted(client, id, state.name, waiting(state));
    },
  };
}

/** Waits are paced for life; a lab that runs faster says so in the environment. */
function pollInterval(): number {
  const milliseconds = Number(process.env["VMO_METAL_POLL_MILLISECONDS"]);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : 5000;
}

function checkPools(inputs: ClusterInputs): { property: string; reason: string }[] {
  const planes = inputs.pools.filter((pool) => pool.controlPlane);
  const [plane] = planes;
  if (plane === undefined || planes.length > 1)
    return [{ property: "pools", reason: "exactly one pool must be the control plane" }];
  if (![1, 3, 5].includes(plane.size)) {
    return [
      {
        property: "pools",
        reason: `the control plane must have 1, 3 or 5 nodes (etcd needs a majority); it has ${plane.size}`,
      },
    ];
  }
  return [];
}

function refuseReplacement(olds: PlainObject, news: ClusterInputs, changed: readonly string[]): string | undefined {
  const property = fixed.find((name) => changed.includes(name));
  if (property === undefined) return undefined;
  return (
    `Cluster "${news.name}": ${property} cannot change from ${JSON.stringify(olds[property])} to "${news[property]}", because that ` +
    "would delete the cluster with all its virtual machines and make another one. To do that on purpose, destroy this cluster first."
  );
}

/** Finds or makes the cluster. One of ours that exists already comes from a run that was stopped: it is gone on with. */
async function start(link: PaletteConnection, inputs: ClusterInputs): Promise<{ uid: string; origin: Origin }> {
  const found = await clusterByName(link.client, inputs.name);
  if (found === undefined) return { uid: await createCluster(link, inputs), origin: "created" };
  const origin = originOf({
    what: `Cluster "${inputs.name}"`,
    owner: found.metadata.labels?.[markerKey],
    datacenter: link.datacenter,
    adopt: inputs.adopt,
  });
  if (found.status?.state === "Deleting") {
    throw new InputError(`Cluster "${inputs.name}" is being deleted in Palette; run again when it is gone.`);
  }
  await bringCluster(link.client, found, inputs, markedLabels(link, inputs, origin));
  return { uid: found.metadata.uid, origin };
}

async function createCluster(link: PaletteConnection, inputs: ClusterInputs): Promise<string> {
  const { client } = link;
  const account = await accountByName(client, inputs.cloudAccount);
  if (account === undefined)
    throw new InputError(`Palette has no MAAS cloud account "${inputs.cloudAccount}" in this project.`);
  const profiles = await resolveProfiles(client, inputs);
  const body = {
    metadata: { name: inputs.name, labels: markedLabels(link, inputs, "created"), annotations: {} },
    spec: {
      cloudAccountUid: account.metadata.uid,
      cloudConfig: { domain: inputs.domain, sshKeys: inputs.sshKeys, ntpServers: inputs.ntpServers },
      profiles: profiles.map(({ uid, variables }) => ({ uid, packValues: [], variables })),
      machinepoolconfig: inputs.pools.map(poolEntity),
      clusterConfig: { updateWorkerPoolsInParallel: inputs.updateWorkerPoolsInParallel },
      policies: {},
    },
  };
  const made = await client.create<Created>({ path: "/v1/spectroclusters/maas", body }, async () => {
    const found = await clusterByName(client, inputs.name);
    return found?.metadata.labels?.[markerKey] === link.datacenter ? { uid: found.metadata.uid } : undefined;
  });
  return made.uid;
}

/** Waits, and turns a failure on the way into one that keeps the cluster. */
async function settle(
  client: PaletteClient,
  uid: string,
  inputs: ClusterInputs,
  known: ClusterOutputs,
  options: WaitOptions,
): Promise<ClusterOutputs> {
  try {
    return await waitUntilSettled(client, uid, inputs, known, options);
  } catch (failure) {
    if (failure instanceof PartialFailure) throw failure;
    throw new PartialFailure(uid, { ...known }, messageOf(failure), { cause: failure });
  }
}

function markedLabels(link: PaletteConnection, inputs: ClusterInputs, origin: Origin): Record<string, string> {
  return origin === "created" ? { ...inputs.labels, [markerKey]: link.datacenter } : inputs.labels;
}

function unfinished(inputs: ClusterInputs, origin: Origin): ClusterOutputs {
  const prints = Object.entries(inputs.secretVariables).map(([key, value]) => [key, fingerprint(value)]);
  return {
    origin,
    configUid: null,
    apiEndpoint: null,
    variableFingerprints: Object.fromEntries(prints) as Record<string, string>,
  };
}

async function present(
  link: PaletteConnection,
  found: ClusterAnswer,
  state: Partial<ClusterInputs & ClusterOutputs>,
): Promise<{ inputs: ClusterInputs; outputs: ClusterOutputs }> {
  const { client } = link;
  const outputs = clusterOutputs(found);
  const config = outputs.configUid === null ? undefined : await readCloudConfig(client, outputs.configUid);
  const { [markerKey]: _marker, ...labels } = found.metadata.labels ?? {};
  const secrets = state.secretVariables ?? {};
  const prints = Object.entries(state.variableFingerprints ?? {}).filter(([key, print]) =>
    matchesFingerprint(secrets[key] ?? "", print),
  );
  return {
    inputs: {
      name: found.metadata.name,
      cloudAccount: await presentAccount(client, config?.spec.cloudAccountRef?.uid, state.cloudAccount),
      domain: config?.spec.clusterConfig?.domain ?? state.domain ?? "",
      sshKeys: config?.spec.clusterConfig?.sshKeys ?? [],
      ntpServers: config?.spec.clusterConfig?.ntpServers ?? [],
      labels,
      profiles: await presentProfiles(client, found, state.profiles ?? []),
      secretVariables: secrets,
      pools: inOrderOf((config?.spec.machinePoolConfig ?? []).map(presentPool), state.pools ?? []),
      approveRepave: state.approveRepave ?? false,
      updateWorkerPoolsInParallel: state.updateWorkerPoolsInParallel ?? false,
      forceDelete: state.forceDelete ?? false,
      timeoutMinutes: state.timeoutMinutes ?? 180,
      adopt: state.adopt ?? false,
    },
    outputs: { origin: state.origin ?? "adopted", ...outputs, variableFingerprints: Object.fromEntries(prints) },
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

/** Asks Palette to forget a cluster without releasing its machines, and names those that stay deployed in MAAS. */
async function force(client: PaletteClient, uid: string, state: ClusterInputs & ClusterOutputs): Promise<void> {
  const { configUid } = state;
  const machines =
    configUid === null
      ? []
      : (await Promise.all(state.pools.map((pool) => readMachines(client, configUid, pool.name)))).flat();
  await client.send({ method: "DELETE", path: `/v1/spectroclusters/${uid}`, query: { forceDelete: true } });
  const names = machines.map((machine) => machine.spec?.hostname ?? machine.metadata.name).join(", ") || "none";
  console.log(
    `palette:Cluster ${state.name}: deletion was forced; machines that stay deployed in MAAS and have to be released there: ${names}`,
  );
}
