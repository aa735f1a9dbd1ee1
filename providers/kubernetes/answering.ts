import { setTimeout as delay } from "node:timers/promises";
import { ApiError, InputError } from "../dynamic/errors";
import { kubeconfigAccess } from "./kubeconfig-access";
import { KubernetesClient } from "./kubernetes-client";
import type { Patience } from "./readiness";

/**
 * Waits until the API server of a cluster is ready to answer, as it is not for some seconds while it is started again.
 *
 * @returns whether it is ready; false at once for a kubeconfig that cannot be used, which is for others to report
 */
export async function untilAnswering(
  kubeconfig: string,
  { silence, interval }: Pick<Patience, "silence" | "interval">,
): Promise<boolean> {
  const client = clientOf(kubeconfig);
  if (client === undefined) return false;
  const begun = Date.now();
  for (;;) {
    if (await isAnswering(client)) return true;
    if (Date.now() - begun >= silence) return false;
    await delay(interval);
  }
}

/** A server that refuses us has answered; one that says nothing, or that it cannot yet, has not. */
async function isAnswering(client: KubernetesClient): Promise<boolean> {
  try {
    await client.find("/readyz");
    return true;
  } catch (failure) {
    if (failure instanceof ApiError)
      return failure.status !== undefined && failure.status < 500 && failure.status !== 429;
    throw failure;
  }
}

function clientOf(kubeconfig: string): KubernetesClient | undefined {
  try {
    return new KubernetesClient(kubeconfigAccess(kubeconfig), { tries: 1 });
  } catch (failure) {
    if (failure instanceof InputError) return undefined;
    throw failure;
  }
}
