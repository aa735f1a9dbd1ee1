import { ApiError, InputError, messageOf } from "../dynamic/errors";
import { isInterrupted, pauseUnlessInterrupted } from "../dynamic/interruption";
import { kubeconfigAccess } from "./kubeconfig-access";
import { KubernetesClient, type KubernetesObject } from "./kubernetes-client";
import { collectionPath, definitionName, objectPath, type ObjectKindName } from "./object-kinds";

/** What the objects of the virtualization layer need of a cluster. */
export interface ReadinessArgs {
  /** The StorageClass for virtual machines; CDI makes a StorageProfile for it. */
  storageClass: string;
  /** A namespace that is there, to try an object in. */
  namespace: string;
  /** Kinds of the objects that are to be sent. */
  kinds: readonly ObjectKindName[];
}

/** How long and how often is asked. All in milliseconds. */
export interface Patience {
  timeout: number;
  /** How long a cluster may give no answer at all, from the beginning or again: a wrong address shows soon. */
  silence: number;
  /** Between two looks. */
  interval: number;
  /** What an operator does about what is still missing at the end. Default: look at the packs in Palette. */
  remedy?: string;
  /** Told what is missing, whenever that is something else than before. */
  waiting?: (missing: readonly string[]) => void;
}

/** What one look at a cluster found. */
interface Look {
  /** What it lacks, one line each; empty when nothing. */
  missing: string[];
  /** Whether the API server answered at all. */
  answered: boolean;
}

/**
 * Waits until a cluster takes the objects of the virtualization layer: CRDs established and their storage set up, KubeVirt and CDI available, a
 * StorageProfile for the storage class, webhooks answering. A server that does not answer yet, is busy, or refuses a webhook's connection is asked
 * again.
 *
 * @throws InputError that names what is still missing when the time is over
 */
export async function untilReady(kubeconfig: string, args: ReadinessArgs, patience: Patience): Promise<void> {
  // This loop is the one that asks again, so that what is still missing is always from the last look.
  const client = new KubernetesClient(kubeconfigAccess(kubeconfig), { tries: 1 });
  const begun = Date.now();
  let lastAnswer = begun;
  let told = "";
  for (;;) {
    const { missing, answered } = await lookAt(client, args);
    if (missing.length === 0) return;
    const now = Date.now();
    if (answered) lastAnswer = now;
    if (now - lastAnswer >= patience.silence) throw new InputError(unreachable(missing, now - lastAnswer));
    if (now - begun >= patience.timeout) throw new InputError(notReady(missing, now - begun, patience.remedy));
    if (isInterrupted()) throw new InputError(`Interrupted. ${notReady(missing, now - begun, patience.remedy)}`);
    if (missing.join("\n") !== told) patience.waiting?.(missing);
    told = missing.join("\n");
    await pauseUnlessInterrupted(patience.interval);
  }
}

function unreachable(missing: readonly string[], milliseconds: number): string {
  const waited = milliseconds >= 1000 ? ` for ${Math.round(milliseconds / 1000)} s` : "";
  return (
    `The cluster has given no answer${waited}, so nothing was sent to it: ${missing.join("; ")} ` +
    "Then run the command again, with --refresh --run-program if the cluster was deleted; a destroy of a cluster that this stack made needs no answer of it."
  );
}

/** What an operator does about a cluster that Palette runs. */
const paletteRemedy = "Look at the packs of the cluster in Palette";

function notReady(missing: readonly string[], milliseconds: number, remedy = paletteRemedy): string {
  return (
    `The cluster is not ready for virtual machines after ${Math.round(milliseconds / 1000)} s. Still missing:\n` +
    `${missing.map((line) => `  - ${line}`).join("\n")}\n${remedy}, then run the command again.`
  );
}

/** What a cluster lacks for the virtualization layer, one line each; empty when nothing. Reads, and tries one object without keeping it. */
export async function whatIsMissing(client: KubernetesClient, args: ReadinessArgs): Promise<string[]> {
  return (await lookAt(client, args)).missing;
}

async function lookAt(client: KubernetesClient, args: ReadinessArgs): Promise<Look> {
  try {
    const [definitions, kubeVirts, cdis, profile] = await Promise.all([
      Promise.all(args.kinds.map((kind) => definitionMissing(client, kind))),
      client.list("/apis/kubevirt.io/v1/kubevirts"),
      client.list("/apis/cdi.kubevirt.io/v1beta1/cdis"),
      client.find(objectPath("StorageProfile", args.storageClass)),
    ]);
    const missing = [
      ...definitions.flat(),
      ...available("KubeVirt", kubeVirts),
      ...available("CDI", cdis),
      ...storageProfileMissing(profile, args.storageClass),
    ];
    return { missing: missing.length > 0 ? missing : await webhookMissing(client, args), answered: true };
  } catch (failure) {
    if (failure instanceof ApiError && isPassing(failure))
      return { missing: [messageOf(failure)], answered: failure.status !== undefined };
    throw failure;
  }
}

/** No answer, or a server that is busy or cannot reach its webhook; a refused key stays refused. */
function isPassing({ status }: ApiError): boolean {
  return status === undefined || status === 429 || status >= 500;
}

/**
 * Whether a cluster has KubeVirt without the definition of VmTemplates, which only the VM Orchestrator brings. A cluster that has neither, or that
 * cannot say, is not meant.
 */
export async function lacksTemplatesOnly(client: KubernetesClient): Promise<boolean> {
  const has = async (kind: ObjectKindName): Promise<boolean> => {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definitionName(kind) ?? ""}`;
    return (await client.find(path)) !== undefined;
  };
  return (await has("VirtualMachine")) && !(await has("VmTemplate"));
}

/**
 * A definition that is established can still have its storage set up: lists and watches are refused for some seconds. A list by a field is answered
 * from that storage, and holds nothing.
 */
async function definitionMissing(client: KubernetesClient, kind: ObjectKindName): Promise<string[]> {
  const name = definitionName(kind);
  if (name === undefined) return [];
  const definition = await client.find(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
  if (definition === undefined) return [`CustomResourceDefinition ${name}: is not there`];
  if (!isTrue(definition, "Established")) return [`CustomResourceDefinition ${name}: is not established`];
  try {
    await client.list(`${collectionPath(kind)}?fieldSelector=metadata.name%3D${trial}`);
    return [];
  } catch (failure) {
    if (failure instanceof ApiError && failure.status !== undefined && isPassing(failure))
      return [`${kind}: the API server cannot list it yet (${failure.failure.detail})`];
    throw failure;
  }
}

function available(kind: string, objects: readonly KubernetesObject[]): string[] {
  const [object] = objects;
  if (object === undefined) return [`${kind}: there is none`];
  return isTrue(object, "Available") ? [] : [`${kind} ${object.metadata.name}: is not available (${phase(object)})`];
}

function storageProfileMissing(profile: KubernetesObject | undefined, storageClass: string): string[] {
  if (profile === undefined)
    return [`StorageProfile ${storageClass}: CDI has made none; is there such a StorageClass?`];
  return profile.status?.["provisioner"] === undefined
    ? [`StorageProfile ${storageClass}: has no provisioner yet`]
    : [];
}

/** Name of the objects that are tried and never kept. */
const trial = "vmo-metal-readiness";

/** An object of each operator whose webhooks judge ours. */
async function webhookMissing(
  client: KubernetesClient,
  { kinds, namespace, storageClass }: ReadinessArgs,
): Promise<string[]> {
  const objects = [
    {
      kind: "DataVolume",
      apiVersion: "cdi.kubevirt.io/v1beta1",
      metadata: { name: trial, namespace },
      spec: {
        source: { blank: {} },
        storage: { storageClassName: storageClass, resources: { requests: { storage: "1Mi" } } },
      },
    },
    {
      kind: "VirtualMachineClusterPreference",
      apiVersion: "instancetype.kubevirt.io/v1beta1",
      metadata: { name: trial },
      spec: {},
    },
  ] as const;
  const refusals = await Promise.all(
    objects
      .filter(({ kind }) => kinds.includes(kind))
      .map(async (object) => {
        const refused = await client.dryRun(collectionPath(object.kind, namespace), object);
        return refused === undefined ? [] : [`${object.kind}s are refused: ${refused}`];
      }),
  );
  return refusals.flat();
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
