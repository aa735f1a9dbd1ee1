import { type Manifest, managedByLabel } from "../../components/virtualization/objects/manifest";
import { virtualMachineFromTemplate } from "../../components/virtualization/objects/virtual-machine";
import type { TemplateNetwork } from "../../components/virtualization/objects/vm-template";
import { manifestProblems } from "../../components/virtualization/rules/manifest-rules";
import { listAt, textAt } from "../../components/virtualization/rules/tree";
import { ApiError } from "../../providers/dynamic/errors";
import type { KubernetesClient, KubernetesObject } from "../../providers/kubernetes/kubernetes-client";
import type { ClusterReads } from "./cluster-reads";

/** What is checked: one template on one network. */
export interface Check {
  template: string;
  /** `pod`, a name (in any namespace), or `namespace/name`. */
  network: string;
  /** Where the virtual machine would run. */
  namespace: string;
}

/** What was found of one template on one network. */
export interface CheckResult extends Check {
  /** What is wrong, one line each; empty: a virtual machine would be taken and would start. */
  problems: string[];
}

/** Selects objects with the label of ours. */
const ofOurs = `labelSelector=${encodeURIComponent(
  Object.entries(managedByLabel)
    .map((entry) => entry.join("="))
    .join(","),
)}`;

const instanceTypes = "/apis/instancetype.kubevirt.io/v1beta1";

/** Has our rules and the API server judge a virtual machine made from a template, and reads all that it refers to. Keeps nothing. */
export async function checkTemplate(
  client: Pick<KubernetesClient, "dryRun">,
  reads: ClusterReads,
  check: Check,
): Promise<CheckResult> {
  const template = await reads.find(`/apis/spectrocloud.com/v1/vmtemplates/${check.template}`);
  if (template === undefined) {
    const known = (await templateNames(reads)).join(", ") || "none";
    return { ...check, problems: [`there is no VmTemplate "${check.template}": there are ${known}`] };
  }
  const networks = await reads.list("/apis/k8s.cni.cncf.io/v1/network-attachment-definitions");
  const network = networkOf(check, networks);
  if (network === undefined) {
    const known = networks.map(attachmentName).join(", ") || "none";
    return { ...check, problems: [`there is no network "${check.network}": there are ${known}, and pod`] };
  }
  const { namespace } = check;
  const machine = virtualMachineFromTemplate(template.spec ?? {}, { name: "vm-check", namespace, network });
  const referred = await referredObjects(reads, machine, networks, network);
  const problems = [
    ...referred.problems,
    ...manifestProblems([machine, ...referred.objects], { featureGates: await featureGates(reads) }),
  ];
  const path = `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines`;
  const refused = await client.dryRun(path, machine);
  return {
    ...check,
    problems: refused === undefined ? problems : [...problems, `the API server refuses the VM: ${refused}`],
  };
}

/** Names of the templates in a cluster that stacks of ours made. */
export async function templateNames(reads: Pick<ClusterReads, "list">): Promise<string[]> {
  return (await reads.list(`/apis/spectrocloud.com/v1/vmtemplates?${ofOurs}`))
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** `namespace/name` of the networks in a cluster that stacks of ours made: networks of others, such as of macvlan, are not for VMs of ours. */
export async function networkNames(reads: Pick<ClusterReads, "list">): Promise<string[]> {
  const path = `/apis/k8s.cni.cncf.io/v1/network-attachment-definitions?${ofOurs}`;
  return (await reads.list(path)).map(attachmentName).sort();
}

/** Namespaces that stacks of ours prepared for virtual machines: they hold what these are configured with at first boot. */
export async function machineNamespaces(client: KubernetesClient): Promise<string[]> {
  const found = [
    ...(await client.listNames(`/api/v1/secrets?${ofOurs}`)),
    ...(await client.listNames(`/api/v1/configmaps?${ofOurs}`)),
  ];
  return [...new Set(found.map(({ metadata }) => metadata.namespace ?? "default"))].sort();
}

function attachmentName({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? "default"}/${metadata.name}`;
}

function networkOf(check: Check, networks: readonly KubernetesObject[]): TemplateNetwork | undefined {
  if (check.network === "pod") return { pod: true };
  const found = networks.find((one) => attachmentName(one) === check.network || one.metadata.name === check.network);
  return found === undefined
    ? undefined
    : { attachment: { namespace: found.metadata.namespace ?? "default", name: found.metadata.name } };
}

/** What the machine refers to, as manifests for the rules; and what of it is not there, or not ready. */
async function referredObjects(
  reads: ClusterReads,
  machine: Manifest,
  networks: readonly KubernetesObject[],
  network: TemplateNetwork,
): Promise<{ objects: Manifest[]; problems: string[] }> {
  const spec = machine["spec"];
  const namespace = machine.metadata.namespace ?? "default";
  const objects: Manifest[] = [];
  const problems: string[] = [];
  const expect = async (
    kind: string,
    path: string,
    name: string | undefined,
  ): Promise<KubernetesObject | undefined> => {
    if (name === undefined) return undefined;
    const found = await reads.find(`${path}/${name}`);
    if (found === undefined) problems.push(`there is no ${kind} "${name}"`);
    else objects.push({ apiVersion: "", kind, metadata: { name }, spec: found.spec });
    return found;
  };
  const preference = textAt(spec, "preference", "name");
  await expect("VirtualMachineClusterPreference", `${instanceTypes}/virtualmachineclusterpreferences`, preference);
  const size = textAt(spec, "instancetype", "name");
  await expect("VirtualMachineClusterInstancetype", `${instanceTypes}/virtualmachineclusterinstancetypes`, size);
  for (const disk of listAt(spec, "dataVolumeTemplates")) {
    problems.push(
      ...(await imageProblems(reads, disk)),
      ...(await cloneProblems(reads, disk, namespace)),
      ...(await classProblems(reads, disk)),
    );
  }
  for (const volume of listAt(spec, "template", "spec", "volumes")) {
    const secret = textAt(volume, "cloudInitNoCloud", "secretRef", "name");
    const answers = textAt(volume, "sysprep", "configMap", "name");
    const secretAnswers = textAt(volume, "sysprep", "secret", "name");
    const folder = `/api/v1/namespaces/${namespace}`;
    for (const name of [secret, secretAnswers]) {
      if (name !== undefined && (await reads.find(`${folder}/secrets/${name}`)) === undefined)
        problems.push(`there is no Secret "${name}" in namespace ${namespace}`);
    }
    if (answers !== undefined && (await reads.find(`${folder}/configmaps/${answers}`)) === undefined)
      problems.push(`there is no ConfigMap "${answers}" in namespace ${namespace}`);
  }
  if ("attachment" in network) {
    const { name } = network.attachment;
    const used = networks.find((one) => attachmentName(one) === `${network.attachment.namespace}/${name}`);
    objects.push({ apiVersion: "", kind: "NetworkAttachmentDefinition", metadata: { name }, spec: used?.spec });
  }
  return { objects, problems };
}

async function imageProblems(reads: ClusterReads, disk: unknown): Promise<string[]> {
  const name = textAt(disk, "spec", "source", "pvc", "name");
  const namespace = textAt(disk, "spec", "source", "pvc", "namespace");
  if (name === undefined || namespace === undefined) return [];
  const image = await reads.find(`/apis/cdi.kubevirt.io/v1beta1/namespaces/${namespace}/datavolumes/${name}`);
  if (image === undefined) return [`there is no golden image "${namespace}/${name}"`];
  const phase = textAt(image.status, "phase") ?? "no phase yet";
  return phase === "Succeeded" ? [] : [`the golden image "${namespace}/${name}" cannot be cloned yet: ${phase}`];
}

/** A class that is not there leaves the machine's disk pending. */
async function classProblems(reads: ClusterReads, disk: unknown): Promise<string[]> {
  const name = textAt(disk, "spec", "storage", "storageClassName");
  if (name === undefined || (await reads.find(`/apis/storage.k8s.io/v1/storageclasses/${name}`)) !== undefined)
    return [];
  return [`there is no StorageClass "${name}"`];
}

/**
 * What keeps a machine of a namespace from cloning the image of a disk: KubeVirt asks whether the machine's service account may, before it clones
 * across namespaces.
 */
async function cloneProblems(reads: ClusterReads, disk: unknown, namespace: string): Promise<string[]> {
  const source = textAt(disk, "spec", "source", "pvc", "namespace");
  if (source === undefined || source === namespace) return [];
  const user = `system:serviceaccount:${namespace}:default`;
  const action = {
    verb: "create",
    group: "cdi.kubevirt.io",
    resource: "datavolumes",
    subresource: "source",
    namespace: source,
  };
  try {
    if (await reads.allows(user, action)) return [];
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 403) throw failure;
    return [
      `whether ${user} may clone images of namespace ${source} cannot be asked: the kubeconfig's user may not create SubjectAccessReviews`,
    ];
  }
  return [
    `${user} may not clone images of namespace ${source} (create datavolumes/source there): add ${namespace} to virtualization.virtualMachineNamespaces, or bind a Role with that right`,
  ];
}

async function featureGates(reads: ClusterReads): Promise<string[]> {
  const [kubeVirt] = await reads.list("/apis/kubevirt.io/v1/kubevirts");
  const gates = listAt(kubeVirt?.spec, "configuration", "developerConfiguration", "featureGates");
  return gates.filter((gate) => typeof gate === "string");
}
