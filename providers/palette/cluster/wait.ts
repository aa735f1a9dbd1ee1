import { PartialFailure } from "../../dynamic/errors";
import { isInterrupted } from "../../dynamic/interruption";
import type { PaletteClient } from "../client/client";
import { type ClusterAnswer, readCluster } from "../client/clusters";
import type { ClusterInputs, ClusterOutputs } from "./inputs";
import { describeFailedDeployments, failedDeployments, type FailureRecord, recordFailures } from "./failed-deployments";
import { lookAtCluster } from "./look-at-cluster";
import { DiagnosisWatch } from "./pool-diagnosis";
import { lackingSpares, noSpare } from "./node-replacement";
import { nothingIsLost, patiently } from "./patiently";
import { type ClusterProgress, describeProgress, isReplaced, openParts, stateOf } from "./progress";
import { approveRepave, awaitsApproval, describeRepave, machinesToReplace } from "./repave";
import { forceVariable, pause, type WaitOptions } from "./wait-options";

/** How often in a row a repave is seen waiting before it counts: one that was just taken back is still shown for a moment. */
const looksAtRepave = 3;

/** How often in a row a cluster is seen at rest with nodes that its repave left out, before that counts as how it ended. */
const looksAtRest = 36;

/** For how many looks a change that Palette shows no sign of is waited for: what tells of it differs between releases. */
const looksAtChange = 24;

/**
 * Waits until a cluster is settled: running, healthy, every pool at its size, every layer installed, and after a repave none of the former nodes
 * left in any pool. Reports each change once. A state of the cluster that is not known is shown and waited on; unknown conditions, unknown states
 * of machines and `canBeApplied` are shown only. A deployment that fails again and again, a repave that cannot go on, an interrupt and the deadline end a wait.
 *
 * @returns what the outputs tell of the cluster
 * @throws PartialFailure when the deadline passes, when a deployment failed, when a repave waits for approval or for a spare machine, or left nodes out; the next `up` goes on.
 */
export async function waitUntilSettled(
  client: PaletteClient,
  uid: string,
  inputs: ClusterInputs,
  known: ClusterOutputs,
  options: WaitOptions,
): Promise<ClusterOutputs> {
  const watch = new DiagnosisWatch(inputs.pools, options);
  let outputs = known;
  let reported = "";
  let settled = 0;
  let awaiting = 0;
  let resting = 0;
  let unbegun = 0;
  let failures: FailureRecord = {};
  for (;;) {
    const cluster = await patiently(() => readCluster(client, uid), options);
    if (cluster === undefined)
      throw new Error(`Cluster "${inputs.name}" (${uid}) was deleted in Palette while it was waited for.`);
    outputs = { ...outputs, ...clusterOutputs(cluster) };
    const before = outputs;
    const replacing = await patiently(() => machinesToReplace(client, cluster, before, options.resumed), options);
    outputs = { ...outputs, replacing };
    awaiting = awaitsApproval(cluster) ? awaiting + 1 : 0;
    if (awaiting > 0 && inputs.approveRepave) {
      const lacking = await lackingSpares(inputs.pools, options.diagnose);
      if (lacking.length > 0)
        throw new PartialFailure(
          uid,
          { ...outputs },
          `Cluster "${inputs.name}": the repave is not begun: ${noSpare(lacking)}`,
        );
      options.report("the repave that waits is approved, as cluster.approveRepave says");
      await approveRepave(client, uid);
    } else if (awaiting >= looksAtRepave) {
      throw new PartialFailure(uid, { ...outputs }, await describeRepave(client, uid, inputs.name));
    }
    const now = outputs;
    const progress = await patiently(() => lookAtCluster(client, cluster, inputs.pools, now), options);
    const open = openParts(progress, options.changed || options.resumed);
    unbegun = open.length === 1 && open[0] === "change" ? unbegun + 1 : 0;
    const atRest = awaiting === 0 && (open.length === 0 || unbegun > looksAtChange);
    settled = atRest && isReplaced(progress) ? settled + 1 : 0;
    if (settled >= options.looks) return { ...outputs, replacing: [] };
    resting = atRest && settled === 0 ? resting + 1 : 0;
    if (resting >= looksAtRest) throw new PartialFailure(uid, { ...outputs }, leftOut(inputs.name, progress));
    const line = describeProgress(progress);
    if (line !== reported) options.report(line);
    reported = line;
    failures = recordFailures(failures, progress);
    const failed = failedDeployments(failures);
    if (failed.length > 0)
      throw new PartialFailure(uid, { ...outputs }, describeFailedDeployments(inputs.name, failed));
    if (isInterrupted())
      throw new PartialFailure(
        uid,
        { ...outputs },
        `Cluster "${inputs.name}" (${uid}): the wait was interrupted at: ${line}. ${nothingIsLost}`,
      );
    const findings = await watch.look(progress.pools);
    if (Date.now() >= options.deadline) {
      throw new PartialFailure(
        uid,
        { ...outputs },
        `Cluster "${inputs.name}" (${uid}) is not ready after ${inputs.timeoutMinutes} minutes: ${[...findings, line].join(" ")}. ` +
          `${nothingIsLost} timeoutMinutes sets how long.`,
      );
    }
    await pause(options);
  }
}

/** What a repave that left nodes out is told as: Palette says that all is well, but these still run what they ran before. */
function leftOut(cluster: string, { pools }: ClusterProgress): string {
  const parts = pools.filter(({ old }) => old > 0).map(({ name, old }) => `${old} in machine pool "${name}"`);
  return (
    `Cluster "${cluster}": Palette has ended the repave, but nodes of before are left: ${parts.join(", ")}. ` +
    "Delete those nodes in Palette, one after the other: each is replaced by a new one. Then run the command again."
  );
}

/**
 * Waits until a cluster is gone.
 *
 * @param whileDeleting called after each look that still finds it
 * @throws PartialFailure at the deadline; the engine keeps the resource and the next destroy waits on.
 */
export async function waitUntilDeleted(
  client: PaletteClient,
  uid: string,
  name: string,
  options: WaitOptions,
  whileDeleting: () => Promise<void>,
): Promise<void> {
  let reported = "";
  for (;;) {
    const cluster = await patiently(() => readCluster(client, uid), options);
    if (cluster === undefined) return;
    const line = stateOf(cluster);
    if (line !== reported) options.report(line);
    reported = line;
    if (isInterrupted())
      throw new PartialFailure(
        uid,
        {},
        `Cluster "${name}" (${uid}): the wait was interrupted while it is ${line}. The next destroy goes on waiting.`,
      );
    await whileDeleting();
    if (Date.now() >= options.deadline) {
      throw new PartialFailure(
        uid,
        {},
        `Cluster "${name}" (${uid}) is still ${line}. The next run goes on waiting. If it never ends, run destroy with ${forceVariable}=${name} in the ` +
          "environment: Palette is then told to forget the cluster, and machines that stay deployed in MAAS are listed.",
      );
    }
    await pause(options);
  }
}

/** What the outputs tell of a cluster. */
export function clusterOutputs(cluster: ClusterAnswer): Pick<ClusterOutputs, "configUid" | "apiEndpoint" | "repave"> {
  const [endpoint] = cluster.status?.apiEndpoints ?? [];
  return {
    configUid: cluster.spec?.cloudConfigRef?.uid ?? null,
    apiEndpoint: endpoint === undefined ? null : `${endpoint.host}:${endpoint.port}`,
    repave: awaitsApproval(cluster) ? "pending" : "none",
  };
}
