import * as pulumi from "@pulumi/pulumi";
import { ownerLabel } from "../../components/virtualization/objects/manifest";
import { foreignObjectProblems } from "../../components/virtualization/rules/foreign-object-rules";
import { removedNetworkProblems } from "../../components/virtualization/rules/removed-network-rules";
import { messageOf } from "../../providers/dynamic/errors";
import { clusterUid } from "../../providers/kubernetes/cluster-uid";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../providers/kubernetes/kubernetes-client";
import { networkUses } from "../../providers/kubernetes/network-uses";
import { objectOwners, type ObjectPlace } from "../../providers/kubernetes/object-owners";
import { untilReady, type Patience, type ReadinessArgs } from "../../providers/kubernetes/readiness";
import { otherCluster } from "../../providers/virtualization/existing-cluster";

/** What is looked at before objects are sent. */
export interface ClusterLook {
  readiness: ReadinessArgs;
  /** The networks of the description, `namespace/name`. */
  networks: readonly string[];
  /** The datacenter that our objects name as theirs. */
  owner: string;
  /** For a cluster that exists: the one that it must be, and the objects that must not be somebody else's. */
  existing?: { uid: pulumi.Output<string>; objects: readonly ObjectPlace[] } | undefined;
}

/** Ten minutes: the cluster is healthy already, so that only the operators of its packs may still be at work. */
const ownCluster: Pick<Patience, "timeout" | "silence"> = { timeout: 600_000, silence: 60_000 };

/** Nobody is at work there. */
const existingCluster: Pick<Patience, "timeout" | "silence"> = { timeout: 30_000, silence: 10_000 };

/**
 * Looks at the cluster before objects are sent to it. An update waits until it takes them; a preview does not wait. Both refuse to take a network
 * away from under virtual machines, to change what is somebody else's, and to act on another cluster than before: the run fails, and nothing is
 * deleted. A preview that cannot reach the cluster says so and goes on.
 *
 * @param kubeconfig unknown while the cluster does not exist
 * @returns true once the objects can be sent. It never rejects: every resource behind it would carry the failure
 */
export function clusterReady(kubeconfig: pulumi.Output<string>, look: ClusterLook): pulumi.Output<boolean> {
  const problems = pulumi
    .all([pulumi.unsecret(kubeconfig), look.existing?.uid ?? ""])
    .apply(([config, uid]) => problemsOf(config, uid, look));
  return problems.apply(async (lines) => {
    if (lines.length > 0) await endRun(lines);
    return true;
  });
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
    const patience = look.existing === undefined ? ownCluster : existingCluster;
    if (!dryRun) await untilReady(kubeconfig, look.readiness, { ...patience, interval });
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
