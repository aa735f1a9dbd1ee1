import * as pulumi from "@pulumi/pulumi";
import { managedByLabel } from "../../components/virtualization/objects/manifest";
import { removedNetworkProblems } from "../../components/virtualization/rules/removed-network-rules";
import { messageOf } from "../../providers/dynamic/errors";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../providers/kubernetes/kubernetes-client";
import { networkUses } from "../../providers/kubernetes/network-uses";
import { untilReady, type ReadinessArgs } from "../../providers/kubernetes/readiness";

/** Ten minutes: the cluster is healthy already, so that only the operators of its packs may still be at work. */
const timeout = 600_000;

/**
 * Looks at the cluster before objects are sent to it. An update waits until it takes them; a preview does not wait. Both refuse to take a network
 * away from under virtual machines: the run fails, and nothing is deleted. A preview that cannot reach the cluster says so and goes on.
 *
 * @param kubeconfig unknown while the cluster does not exist
 * @param networks the networks of the description, `namespace/name`
 * @returns true once the objects can be sent. It never rejects: every resource behind it would carry the failure
 */
export function clusterReady(
  kubeconfig: pulumi.Output<string>,
  args: ReadinessArgs,
  networks: readonly string[],
): pulumi.Output<boolean> {
  const problems = pulumi.unsecret(kubeconfig).apply((config) => problemsOf(config, args, networks));
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

async function problemsOf(kubeconfig: string, args: ReadinessArgs, networks: readonly string[]): Promise<string[]> {
  const dryRun = pulumi.runtime.isDryRun();
  try {
    const interval = Number(process.env["VMO_METAL_POLL_MILLISECONDS"] ?? 5000);
    if (!dryRun) await untilReady(kubeconfig, args, { timeout, interval });
    const [[key, value] = ["", ""]] = Object.entries(managedByLabel);
    const { ours, uses } = await networkUses(new KubernetesClient(kubeconfigAccess(kubeconfig)), `${key}=${value}`);
    return removedNetworkProblems(networks, ours, uses);
  } catch (failure) {
    if (!dryRun) return [messageOf(failure)];
    await pulumi.log.warn(`This preview does not know what is in the cluster: ${messageOf(failure)}`);
    return [];
  }
}
