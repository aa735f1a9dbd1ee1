import { setTimeout as delay } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { patienceWithSilence } from "../../providers/kubernetes/patience";
import { ownerLabel } from "../../components/virtualization/objects/manifest";
import { ApiError, messageOf } from "../../providers/dynamic/errors";
import { imageImports } from "../../providers/kubernetes/image-imports";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../providers/kubernetes/kubernetes-client";
import { log } from "./log";

/** Whose images are waited for. */
export interface AwaitedImages {
  /** Unknown while the cluster does not exist. */
  kubeconfig: pulumi.Output<string>;
  /** Resolves when the images are about to be sent. */
  ready: pulumi.Output<boolean>;
  /** `namespace/name` of each, as the cluster calls it. */
  images: pulumi.Output<readonly string[]>;
  /** The datacenter that they belong to. */
  owner: string;
}

/** Phases in which nothing more is waited for. */
const finished = new Set(["Succeeded", "UploadReady"]);

/**
 * Says, while an update waits for golden images, why one does not come: the Kubernetes provider knows only that the time is over. A preview waits for
 * nothing.
 */
export function tellImports({ kubeconfig, ready, images, owner }: AwaitedImages): void {
  if (pulumi.runtime.isDryRun()) return;
  pulumi.all([pulumi.unsecret(kubeconfig), images, ready]).apply(([text, names]) => {
    // Nothing waits for this: it ends with the images, or with the program.
    follow(text, names, owner).catch((failure: unknown) => log.debug(messageOf(failure)));
  });
}

async function follow(kubeconfig: string, names: readonly string[], owner: string): Promise<void> {
  const client = new KubernetesClient(kubeconfigAccess(kubeconfig), { tries: 1 });
  const { interval } = patienceWithSilence();
  const told = new Set<string>();
  for (const left = new Set(names); left.size > 0;) {
    await delay(interval, undefined, { ref: false });
    for (const { image, phase, trouble } of await look(client, owner)) {
      if (finished.has(phase)) left.delete(image);
      else if (trouble !== undefined && left.has(image)) {
        const line = `golden image ${image} is not there yet (${phase}): ${trouble}`;
        if (!told.has(line)) await log.warn(line);
        told.add(line);
      }
    }
  }
}

/** A server that gives no good answer is the Kubernetes provider's to report. */
async function look(client: KubernetesClient, owner: string): Promise<Awaited<ReturnType<typeof imageImports>>> {
  try {
    return await imageImports(client, { key: ownerLabel, value: owner });
  } catch (failure) {
    if (failure instanceof ApiError) return [];
    throw failure;
  }
}
