import { conflict, invalid } from "../http/error";
import type { Cluster } from "../model/cluster";
import type { CloudAccount } from "../model/tenant";
import type { Palette } from "../palette";
import { recordEvent } from "../recorder";
import { newUid } from "../uid";
import { attach } from "./attach";
import { clusterFindings, firstError } from "./checks";
import { keptClusterConfig, poolSpec } from "./payloads";
import type { ClusterInput } from "./payloads";
import { nodeLayersOf, resolvedLayers } from "./resolve";

/** Whether a name is free for a cluster of a project; clusters that are gone do not count. */
function isNameFree(palette: Palette, projectUid: string, name: string): boolean {
  return !palette.state.clusters.some(
    (cluster) => cluster.projectUid === projectUid && cluster.name === name && cluster.state !== "Deleted",
  );
}

/**
 * Checks a cluster's name.
 * @throws PaletteError 400 for one that is no DNS label, 409 for one that is taken.
 */
export function checkClusterName(palette: Palette, projectUid: string, name: string): void {
  // The API server's DNS label is the name and 7 characters more.
  if (!/^[a-z]([a-z0-9-]{0,54}[a-z0-9])?$/.test(name))
    throw invalid("InvalidClusterName", `'${name}' is not a name for a cluster: 1 to 56 of a-z, 0-9 and '-'`);
  if (!isNameFree(palette, projectUid, name))
    throw conflict("ClusterAlreadyExists", `Cluster '${name}' already exists in the project`);
}

/**
 * Takes a new cluster; the controller does the rest.
 * @throws PaletteError 400, 404, 409
 */
export function createCluster(
  palette: Palette,
  projectUid: string,
  account: CloudAccount,
  input: ClusterInput,
): Cluster {
  const { metadata, spec } = input;
  checkClusterName(palette, projectUid, metadata.name);
  if (spec.clusterTemplate) throw invalid("InvalidRequestPayload", "clusterTemplate is not served by the lab");
  const profiles = spec.profiles.map((profile) => attach(palette, projectUid, profile));
  const wrong = firstError(clusterFindings(palette, projectUid, input));
  if (wrong !== undefined) throw invalid("InvalidClusterSpec", wrong);

  const now = palette.clock.now();
  const uid = newUid();
  const cluster: Cluster = {
    uid,
    name: metadata.name,
    projectUid,
    labels: metadata.labels,
    annotations: metadata.annotations,
    createdAt: now,
    modifiedAt: now,
    cloudAccountUid: account.uid,
    cloudConfigUid: newUid(),
    cloudConfig: spec.cloudConfig,
    clusterConfig: keptClusterConfig(spec.clusterConfig),
    pools: spec.machinepoolconfig.map((pool) => ({ spec: poolSpec(pool), deleting: false, replacedAt: 0 })),
    machines: [],
    profiles,
    appliedProfiles: structuredClone(profiles),
    nodeLayers: nodeLayersOf(resolvedLayers(palette, { uid, name: metadata.name, projectUid }, profiles)),
    spcApply: { actionType: "DownloadAndInstall", canBeApplied: true, changedAt: now, appliedAt: now },
    state: "Pending",
    stateSince: now,
    conditions: [],
    healthy: false,
    layers: [],
    cloudProblem: "",
    nodesDigest: "",
    certificatesRenewedAt: now,
  };
  palette.state.clusters.push(cluster);
  recordEvent(palette, cluster, { reason: "ClusterCreated", message: `Cluster '${cluster.name}' was accepted` });
  return cluster;
}
