import * as pulumi from "@pulumi/pulumi";
import { ownerLabel } from "../../components/virtualization/objects/manifest";
import { foreignObjectProblems } from "../../components/virtualization/rules/foreign-object-rules";
import { removedImageProblems } from "../../components/virtualization/rules/removed-image-rules";
import {
  neededButNotDescribed,
  removedObjectProblems,
} from "../../components/virtualization/rules/removed-object-rules";
import { missingClaimProblems } from "../../components/virtualization/rules/missing-claim-rules";
import { unownedClaimProblems } from "../../components/virtualization/rules/unowned-claim-rules";
import { messageOf } from "../../providers/dynamic/errors";
import { clusterUid } from "../../providers/kubernetes/cluster-uid";
import { imageUses } from "../../providers/kubernetes/image-uses";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../providers/kubernetes/kubernetes-client";
import { labelledObjects } from "../../providers/kubernetes/labelled-objects";
import { machineUses } from "../../providers/kubernetes/machine-uses";
import { objectOwners } from "../../providers/kubernetes/object-owners";
import { type ImageOfClaim, missingClaims } from "../../providers/kubernetes/missing-claims";
import type { ObjectPlace } from "../../providers/kubernetes/object-place";
import { unownedClaims } from "../../providers/kubernetes/unowned-claims";
import { patienceWithSilence } from "../../providers/kubernetes/patience";
import { type ReadinessArgs, untilReady, whatIsMissing } from "../../providers/kubernetes/readiness";
import { otherCluster } from "../../providers/virtualization/existing-cluster";
import { fullPath } from "../description/problem";
import type { ReportedFinding } from "../run-report/run-report";
import { type RunReport, siteError } from "./run-report";
import { log } from "./log";

/** What is looked at before objects are sent. */
export interface ClusterLook {
  readiness: ReadinessArgs;
  /** The objects of the description. */
  objects: readonly ObjectPlace[];
  /** The golden images of the description as the cluster calls them at present, `namespace/name`. */
  images: pulumi.Output<readonly string[]>;
  /** Those of them that are copied from a claim which nothing of the description makes. */
  copies: pulumi.Output<readonly ImageOfClaim[]>;
  /** The datacenter that our objects name as theirs. */
  owner: string;
  /** For a cluster that exists: the uid of the one that it must be; none of the objects must be somebody else's there. */
  existing?: pulumi.Output<string> | undefined;
  /** Where findings are reported, problems are added to it and the run goes on. */
  report: RunReport;
}

/** Ten minutes: the cluster is healthy already, so that only the operators of its packs may still be at work. */
const ownCluster = 600_000;

/** What an operator does about a cluster that Palette does not run. */
const existingRemedy =
  "Install or repair that in the cluster (docs/virtualization.md says what it needs), or leave out what needs it";

/** Nobody is at work there; longer than a server may give no answer, so that this is told as what it is. */
const existingCluster = 120_000;

/**
 * Looks at the cluster before objects are sent to it. An update waits until it takes them; a preview does not wait. Both refuse to take away from under
 * virtual machines what they need, to change what is somebody else's, and to act on another cluster than before: the run fails, and nothing is
 * deleted. A preview that cannot reach the cluster says so and goes on.
 *
 * @param kubeconfig unknown while the cluster does not exist
 * @returns true once the objects can be sent. It never rejects: every resource behind it would carry the failure
 */
export function clusterReady(kubeconfig: pulumi.Output<string>, look: ClusterLook): pulumi.Output<boolean> {
  const config = pulumi.unsecret(kubeconfig);
  const looked = pulumi
    .all([config, look.existing ?? ""])
    .apply(([text, uid]) => problemsOf(text, uid, look))
    .apply((problems) => endRunWith(problems, look.report));
  const lookedAtImages = pulumi
    .all([config, look.images, look.copies, looked])
    .apply(([text, images, copies]) => imageProblemsOf(text, images, copies, look.owner))
    .apply((problems) => endRunWith(problems, look.report));
  // A preview that does not know an image's name goes on without that look.
  return pulumi.runtime.isDryRun() ? looked : lookedAtImages;
}

async function endRunWith(problems: readonly string[], report: RunReport): Promise<boolean> {
  report.add({ findings: problems.map(clusterFinding) });
  if (problems.length > 0 && !report.tolerant) await endRun(problems);
  return true;
}

/** A problem of the cluster as the report states it; its message holds the fix. */
function clusterFinding(message: string): ReportedFinding {
  return { ...siteError, code: "cluster", path: fullPath("virtualization"), message, fix: "" };
}

/** The exit code by which the engine knows that the program has said itself what is wrong (@pulumi/pulumi, cmd/run). */
const explained = 32;

/**
 * Ends the program at once. Measured: a rejected output makes Pulumi's host grow by gigabytes before it says anything, and an error that is
 * only logged does not fail the run.
 */
async function endRun(lines: readonly string[]): Promise<never> {
  await log.error(lines.join("\n"));
  process.exit(explained);
}

async function problemsOf(kubeconfig: string, uid: string, look: ClusterLook): Promise<string[]> {
  const dryRun = pulumi.runtime.isDryRun();
  try {
    const patience =
      look.existing === undefined ? { timeout: ownCluster } : { timeout: existingCluster, remedy: existingRemedy };
    if (!dryRun) await untilReady(kubeconfig, look.readiness, { ...patienceWithSilence(), ...patience, waiting });
    const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
    const other = look.existing === undefined ? undefined : otherCluster(uid, await clusterUid(client));
    if (other !== undefined) return [other];
    const missing = dryRun ? missingIn(client, look) : [];
    return (await Promise.all([missing, removed(client, look), foreign(client, look)])).flat();
  } catch (failure) {
    if (!dryRun) return [messageOf(failure)];
    const reason = `This preview does not know what is in the cluster: ${messageOf(failure)}`;
    look.report.add({ unavailable: [{ api: "Kubernetes", cause: "unreachable", reason }] });
    if (!look.report.tolerant) await log.warn(reason);
    return [];
  }
}

/** What a cluster that exists lacks: nobody is about to install it, so that an update would only wait and fail. */
async function missingIn(client: KubernetesClient, { existing, readiness }: ClusterLook): Promise<string[]> {
  if (existing === undefined) return [];
  const missing = await whatIsMissing(client, readiness);
  return missing.length === 0
    ? []
    : [
        `The cluster is not ready for virtual machines. Missing:\n${missing.map((line) => `  - ${line}`).join("\n")}\n${existingRemedy}.`,
      ];
}

function waiting(missing: readonly string[]): void {
  void log.info(`Waiting until the cluster takes the objects: ${missing.join("; ")}`);
}

async function removed(client: KubernetesClient, { objects, owner }: ClusterLook): Promise<string[]> {
  const machines = await machineUses(client);
  const others = neededButNotDescribed(objects, machines);
  return removedObjectProblems(await labelledObjects(client, others, { key: ownerLabel, value: owner }), machines);
}

/** A preview that could not look has said so already. */
async function imageProblemsOf(
  kubeconfig: string,
  images: readonly string[],
  copies: readonly ImageOfClaim[],
  owner: string,
): Promise<string[]> {
  try {
    const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
    const { ours, clones } = await imageUses(client, { key: ownerLabel, value: owner });
    return [
      ...removedImageProblems(images, ours, clones),
      ...unownedClaimProblems(await unownedClaims(client, images)),
      ...missingClaimProblems(await missingClaims(client, copies)),
    ];
  } catch (failure) {
    return pulumi.runtime.isDryRun() ? [] : [messageOf(failure)];
  }
}

async function foreign(client: KubernetesClient, { existing, objects, owner }: ClusterLook): Promise<string[]> {
  return existing === undefined ? [] : foreignObjectProblems(await objectOwners(client, objects, ownerLabel), owner);
}
