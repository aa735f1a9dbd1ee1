import { setTimeout as delay } from "node:timers/promises";
import { ApiError, InputError, messageOf } from "../dynamic/errors";
import { kubeconfigAccess } from "./kubeconfig-access";
import { KubernetesClient, type KubernetesObject } from "./kubernetes-client";

/** What the objects of the virtualization layer need of a cluster. */
export interface ReadinessArgs {
  /** The StorageClass for virtual machines; CDI makes a StorageProfile for it. */
  storageClass: string;
  /** A namespace that is there, to try an object in. */
  namespace: string;
}

/** How long and how often is asked. */
export interface Patience {
  /** Milliseconds. */
  timeout: number;
  /** Milliseconds between two looks. */
  interval: number;
}

const crds = [
  "network-attachment-definitions.k8s.cni.cncf.io",
  "datavolumes.cdi.kubevirt.io",
  "storageprofiles.cdi.kubevirt.io",
  "virtualmachines.kubevirt.io",
  "virtualmachineclusterpreferences.instancetype.kubevirt.io",
  "virtualmachineclusterinstancetypes.instancetype.kubevirt.io",
  "vmtemplates.spectrocloud.com",
];

/**
 * Waits until a cluster takes the objects of the virtualization layer: CRDs established, KubeVirt and CDI available, a StorageProfile for the
 * storage class, webhooks answering. A cluster that does not answer yet, or refuses a webhook's connection, is asked again.
 *
 * @throws InputError that names what is still missing when the time is over
 */
export async function untilReady(kubeconfig: string, args: ReadinessArgs, patience: Patience): Promise<void> {
  const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
  const end = Date.now() + patience.timeout;
  for (;;) {
    const missing = await whatIsMissing(client, args);
    if (missing.length === 0) return;
    if (Date.now() >= end)
      throw new InputError(
        `The cluster is not ready for virtual machines after ${Math.round(patience.timeout / 1000)} s. Still missing:\n` +
          `${missing.map((line) => `  - ${line}`).join("\n")}\nLook at the packs of the cluster in Palette, then run the command again.`,
      );
    await delay(patience.interval);
  }
}

/** What a cluster lacks for the virtualization layer, one line each; empty when nothing. Reads, and tries one object without keeping it. */
export async function whatIsMissing(client: KubernetesClient, args: ReadinessArgs): Promise<string[]> {
  try {
    const [definitions, kubeVirts, cdis, profile] = await Promise.all([
      Promise.all(crds.map((name) => client.find(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`))),
      client.list("/apis/kubevirt.io/v1/kubevirts"),
      client.list("/apis/cdi.kubevirt.io/v1beta1/cdis"),
      client.find(`/apis/cdi.kubevirt.io/v1beta1/storageprofiles/${args.storageClass}`),
    ]);
    const missing = [
      ...crds.flatMap((name, index) => {
        const definition = definitions[index];
        if (definition === undefined) return [`CustomResourceDefinition ${name}: is not there`];
        return isTrue(definition, "Established") ? [] : [`CustomResourceDefinition ${name}: is not established`];
      }),
      ...available("KubeVirt", kubeVirts),
      ...available("CDI", cdis),
      ...storageProfileMissing(profile, args.storageClass),
    ];
    return missing.length > 0 ? missing : await webhookMissing(client, args);
  } catch (failure) {
    if (failure instanceof ApiError && isPassing(failure)) return [messageOf(failure)];
    throw failure;
  }
}

/** No answer, or a server that is busy or cannot reach its webhook; a refused key stays refused. */
function isPassing({ status }: ApiError): boolean {
  return status === undefined || status === 429 || status >= 500;
}

function available(kind: string, objects: readonly KubernetesObject[]): string[] {
  const [object] = objects;
  if (object === undefined) return [`${kind}: there is none; the VM Orchestrator pack makes it`];
  return isTrue(object, "Available") ? [] : [`${kind} ${object.metadata.name}: is not available (${phase(object)})`];
}

function storageProfileMissing(profile: KubernetesObject | undefined, storageClass: string): string[] {
  if (profile === undefined)
    return [`StorageProfile ${storageClass}: CDI has made none; is there such a StorageClass?`];
  return profile.status?.["provisioner"] === undefined
    ? [`StorageProfile ${storageClass}: has no provisioner yet`]
    : [];
}

async function webhookMissing(client: KubernetesClient, { namespace, storageClass }: ReadinessArgs): Promise<string[]> {
  const path = `/apis/cdi.kubevirt.io/v1beta1/namespaces/${namespace}/datavolumes`;
  const refused = await client.dryRun(path, {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: { name: "vmo-metal-readiness", namespace },
    spec: {
      source: { blank: {} },
      storage: { storageClassName: storageClass, resources: { requests: { storage: "1Mi" } } },
    },
  });
  return refused === undefined ? [] : [`DataVolumes are refused: ${refused}`];
}

function isTrue(object: KubernetesObject, type: string): boolean {
  const conditions = object.status?.["conditions"];
  return (
    Array.isArray(conditions) &&
    (conditions as { type?: string; status?: string }[]).some((one) => one.type === type && one.status === "True")
  );
}

function phase(object: KubernetesObject): string {
  const value = object.status?.["phase"];
  return typeof value === "string" ? value : "no phase yet";
}
