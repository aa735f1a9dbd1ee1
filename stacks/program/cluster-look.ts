import * as pulumi from "@pulumi/pulumi";
import { ownerLabel } from "../../components/virtualization/objects/manifest";
import { foreignObjectProblems } from "../../components/virtualization/rules/foreign-object-rules";
import { removedImageProblems } from "../../components/virtualization/rules/removed-image-rules";
import { removedNetworkProblems } from "../../components/virtualization/rules/removed-network-rules";
import { messageOf } from "../../providers/dynamic/errors";
import { clusterUid } from "../../providers/kubernetes/cluster-uid";
import { imageUses } from "../../providers/kubernetes/image-uses";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../providers/kubernetes/kubernetes-client";
import { networkUses } from "../../providers/kubernetes/network-uses";
import { objectOwners, type ObjectPlace } from "../../providers/kubernetes/object-owners";
import { untilReady, type ReadinessArgs } from "../../providers/kubernetes/readiness";
import { otherCluster } from "../../providers/virtualization/existing-cluster";

/** What is looked at before objects are sent. */
export interface ClusterLook {
  readiness: ReadinessArgs;
  /** The networks of the description, `namespace/name`. */
  networks: readonly string[];
  /** The golden images of the description as the cluster calls them at present, `namespace/name`. */
  images: pulumi.Output<readonly string[]>;
  /** The datacenter that our objects name as theirs. */
  owner: string;
  /** For a cluster that exists: the one that it must be, and the objects that must not be somebody else's. */
  existing?: { uid: pulumi.Output<string>; objects: readonly ObjectPlace[] } | undefined;
}

/** Ten minutes: the cluster is healthy already, so that only the operators of its packs may still be at work. */
const ownCluster = 600_000;

/** Nobody is at work there. */
const existingCluster = 30_000;

/** Looks in a row that may get no answer at all. */
const looksWithoutAnswer = 12;

/**
 * Looks at the cluster before objects are sent to it. An update waits until it takes them; a preview does not wait. Both refuse to take a network
 * away from under virtual machines, to change what is somebody else's, and to act on another cluster than before: the run fails, and nothing is
 * deleted. A preview that cannot reach the cluster says so and goes on.
 *
 * @param kubeconfig unknown while the cluster does not exist
 * @returns true once the objects can be sent. It never rejects: every resource behind it would carry the failure
 */
export function clusterReady(kubeconfig: pulumi.Output<string>, look: ClusterLook): pulumi.Output<boolean> {
  const config = pulumi.unsecret(kubeconfig);
  const problems = pulumi
    .all([config, look.existing?.uid ?? ""])
    .apply(([text, uid]) => problemsOf(text, uid, look))
    .apply(endRunWith);
  // A preview does not know the name of an image's next version; an update does, and deletes former ones last of all.
  if (pulumi.runtime.isDryRun()) return problems;
  return pulumi
    .all([config, look.images, problems])
    .apply(([text, images]) => imageProblemsOf(text, images, look.owner))
    .apply(endRunWith);
}

async function endRunWith(problems: readonly string[]): Promise<boolean> {
  if (problems.length > 0) await endRun(problems);
  return true;
}

/** The exit code by which the engine knows that the program has said itself what is wrong (@pulumi/pulumi, cmd/run). */
const explained = 32;

/**
 * Ends the program at once. Measured: a rejected output makes Pulumi's host grow by gigabytes before it says anything, and an error that is
 * only logged does not fail the run.
 */
async function endRun(lines: readonly string[]): Promise<never> {
  await pulumi.log.error(lines.join("\n"));
  process.exit(explained);
}

async function problemsOf(kubeconfig: string, uid: string, look: ClusterLook): Promise<string[]> {
  const dryRun = pulumi.runtime.isDryRun();
  try {
    const interval = Number(process.env["VMO_METAL_POLL_MILLISECONDS"] ?? 5000);
    const timeout = look.existing === undefined ? ownCluster : existingCluster;
    const silence = looksWithoutAnswer * interval;
    if (!dryRun) await untilReady(kubeconfig, look.readiness, { timeout, silence, interval });
    const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
    const other = look.existing === undefined ? undefined : otherCluster(uid, await clusterUid(client));
    if (other !== undefined) return [other];
    const { ours, uses } = await networkUses(client, `${ownerLabel}=${look.owner}`);
    const found = await objectOwners(client, look.existing?.objects ?? [], ownerLabel);
    return [...removedNetworkProblems(look.networks, ours, uses), ...foreignObjectProblems(found, look.owner)];
  } catch (failure) {
    if (!dryRun) return [messageOf(failure)];
    await pulumi.log.warn(`This preview does not know what is in the cluster: ${messageOf(failure)}`);
    return [];
  }
}

async function imageProblemsOf(kubeconfig: string, images: readonly string[], owner: string): Promise<string[]> {
  try {
    const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
    const { ours, clones } = await imageUses(client, { key: ownerLabel, value: owner });
    return removedImageProblems(images, ours, clones);
  } catch (failure) {
    return [messageOf(failure)];
  }
}
