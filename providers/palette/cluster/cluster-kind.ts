import type { ConfigurationReader } from "../../dynamic/configuration";
import { InputError, PartialFailure, messageOf } from "../../dynamic/errors";
import { type PlainObject, samePlain } from "../../dynamic/plain";
import { readCluster } from "../client/clusters";
import { connect } from "../connection";
import type { Origin } from "../ownership";
import { bringCluster, type Brought, nothingSent } from "./bring-cluster";
import { askedForce, deleteCluster } from "./delete-cluster";
import { type ClusterInputs, type ClusterKind, type ClusterLink, type ClusterOutputs, clusterSchema } from "./inputs";
import { domainRefusals, poolRefusals } from "./lasting";
import { markedLabels } from "./marked-labels";
import type { MetalView } from "./metal-view";
import { nodeReplacements } from "./node-replacement";
import { isAway, nothingIsLost } from "./patiently";
import type { MachinePool } from "./pools";
import { presentCluster } from "./present-cluster";
import { admitExisting, refuseDeleting, startCluster } from "./start-cluster";
import { clusterOutputs, waitUntilSettled } from "./wait";
import type { WaitOptions } from "./wait-options";
import { printVisible } from "../../dynamic/print-visible";

/** Inputs that a cluster has for good; another value would need another cluster, and a live cluster is never replaced. */
const fixed = ["name", "cloudAccount", "podCidr", "serviceCidr"] as const;

/** Looks in a row that must find a cluster settled; more where nodes may be replaced, because that begins with a delay. */
const looks = { usual: 2, replacing: 6 } as const;

/**
 * The kind of a MAAS cluster.
 *
 * @param metalOf makes what tells what MAAS knows of machines; given by who knows MAAS too
 */
export function clusterKind(metalOf?: (configuration: ConfigurationReader) => MetalView): ClusterKind {
  return {
    kind: "palette:Cluster",
    schema: clusterSchema,
    outputs: ["origin", "configUid", "apiEndpoint", "repave", "replacing"],
    secretInputs: ["secretVariables"],
    informative: ["adopt", "approveRepave", "secretValues"],
    connect: (configuration) => ({ ...connect(configuration), metal: metalOf?.(configuration) }),
    checkTogether: (inputs) => [...checkPools(inputs), ...checkForce(inputs)],
    refuse: refuseReplacement,
    mustUpdate: (olds, news) => news.approveRepave && olds["repave"] === "pending",

    async create(link, inputs) {
      const { uid, origin, brought } = await startCluster(link, inputs);
      const known = unfinished(origin);
      const underWay = { ...(brought ?? nothingSent), resumed: false };
      return { id: uid, outputs: await settle(link, uid, inputs, known, underWay) };
    },

    async read(link, id, state) {
      const found = await readCluster(link.client, id);
      return found === undefined ? undefined : { id, ...(await presentCluster(link.client, found, state)) };
    },

    async update(link, id, olds, news) {
      const found = await readCluster(link.client, id);
      if (found === undefined)
        throw new InputError(`Cluster "${olds.name}" is gone from Palette; run with --refresh, then it is made again.`);
      refuseDeleting(found, news.name);
      const secretIsNew = (key: string, value: string): boolean => olds.secretVariables[key] !== value;
      const { origin } = olds;
      const inputs = origin === "created" ? news : (await admitExisting(link, found, news, origin)).effective;
      const labels = markedLabels(inputs.labels, { origin, datacenter: link.datacenter, present: found });
      const changedLayers = Object.keys(olds.changedLayers ?? {});
      const options = { labels, secretIsNew, changedLayers, diagnose: link.metal?.diagnose };
      const { replacesNodes, changed } =
        origin === "referenced" ? nothingSent : await bringCluster(link.client, found, inputs, options);
      const known = { ...unfinished(olds.origin), ...clusterOutputs(found), replacing: olds.replacing ?? [] };
      // What was to change and is so already was sent by a run that was killed.
      const resumed =
        !replacesNodes && (!samePlain(olds.profiles, news.profiles) || nodeReplacements(olds, news).length > 0);
      return { outputs: await settle(link, id, news, known, { replacesNodes, changed, resumed }) };
    },

    async delete(link, id, state) {
      if (state.origin !== "created") return;
      const options = { ...waiting(link, state, { ...nothingSent, resumed: false }), inUse: link.metal?.inUse };
      await deleteCluster(link.client, id, { ...state, ...askedForce(state.name) }, options);
    },
  };
}

/** What is waited for. */
interface UnderWay extends Brought {
  /** Whether a run before began with it and was killed. */
  resumed: boolean;
}

function waiting(link: ClusterLink, inputs: ClusterInputs, { replacesNodes, changed, resumed }: UnderWay): WaitOptions {
  return {
    deadline: Date.now() + inputs.timeoutMinutes * 60_000,
    pollInterval: pollInterval(),
    looks: replacesNodes || resumed ? looks.replacing : looks.usual,
    changed,
    resumed,
    report: (line) => printVisible(`palette:Cluster ${inputs.name}: ${line}`),
    diagnose: link.metal?.diagnose,
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
  const wrong = (reason: string): { property: string; reason: string }[] => [{ property: "pools", reason }];
  if (plane === undefined || planes.length > 1) return wrong("exactly one pool must be the control plane");
  if (![1, 3, 5].includes(plane.size))
    return wrong(`the control plane must have 1, 3 or 5 nodes (etcd needs a majority); it has ${plane.size}`);
  if (plane.nodeRepaveInterval !== 0) return wrong("nodeRepaveInterval is for worker pools only");
  const working = inputs.pools.find((pool) => pool.workloads && !pool.controlPlane);
  if (working !== undefined)
    return wrong(`workloads is for the control plane only; "${working.name}" takes them anyway`);
  const names = inputs.pools.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? [] : wrong(`two pools are named "${twice}"`);
}

function checkForce({ forceDelete, forceDeleteAfterMinutes, timeoutMinutes }: ClusterInputs) {
  if (!forceDelete || forceDeleteAfterMinutes < timeoutMinutes) return [];
  const reason =
    `a deletion is forced after ${forceDeleteAfterMinutes} minutes, but waited for no longer than ${timeoutMinutes}: ` +
    "it would never be forced. Make waitMinutes longer, or forceDeleteAfterMinutes shorter.";
  return [{ property: "forceDeleteAfterMinutes", reason }];
}

function refuseReplacement(olds: PlainObject, news: ClusterInputs, changed: readonly string[]): string | undefined {
  const replacing = fixed
    .filter((name) => changed.includes(name) && olds[name] !== null && olds[name] !== undefined)
    .map(
      (name) =>
        `${name} cannot change from ${JSON.stringify(olds[name])} to ${JSON.stringify(news[name])}, because that would delete the cluster with ` +
        "all its virtual machines and make another one. To do that on purpose, destroy this cluster first.",
    );
  const parallel = changed.includes("updateWorkerPoolsInParallel")
    ? [
        "updateWorkerPoolsInParallel is set when a cluster is made, and Palette's API cannot change it afterwards. " +
          `Put it back to ${JSON.stringify(olds["updateWorkerPoolsInParallel"])}.`,
      ]
    : [];
  const pools = changed.includes("pools")
    ? poolRefusals((olds["pools"] ?? []) as unknown as MachinePool[], news.pools)
    : [];
  const domain = changed.includes("domain")
    ? domainRefusals((olds["apiEndpoint"] ?? null) as string | null, news.domain)
    : [];
  const reasons = [...replacing, ...parallel, ...pools, ...domain];
  return reasons.length === 0 ? undefined : reasons.map((reason) => `Cluster "${news.name}": ${reason}`).join("\n");
}

/** Waits, and turns a failure on the way into one that keeps the cluster. */
async function settle(
  link: ClusterLink,
  uid: string,
  inputs: ClusterInputs,
  known: ClusterOutputs,
  underWay: UnderWay,
): Promise<ClusterOutputs> {
  const options = waiting(link, inputs, underWay);
  try {
    return await waitUntilSettled(link.client, uid, inputs, known, options);
  } catch (failure) {
    if (failure instanceof PartialFailure) throw failure;
    const message = isAway(failure) ? `${failure.message} ${nothingIsLost}` : messageOf(failure);
    throw new PartialFailure(uid, { ...known }, message, { cause: failure });
  }
}

function unfinished(origin: Origin): ClusterOutputs {
  return {
    origin,
    configUid: null,
    apiEndpoint: null,
    repave: "none",
    replacing: [],
  };
}
