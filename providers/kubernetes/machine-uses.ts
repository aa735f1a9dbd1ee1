import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import { collectionPath } from "./object-kinds";
import type { ObjectPlace } from "./object-place";

/** One virtual machine with what it needs. */
export interface MachineUses {
  /** `namespace/name`. */
  machine: string;
  /**
   * Objects without which it would not start: networks, Secrets and ConfigMaps on its disks, and the preference and instance type of which KubeVirt
   * has not kept a copy yet (a ControllerRevision).
   */
  needs: ObjectPlace[];
  /** Labels of its instances. */
  labels: Readonly<Record<string, string>>;
}

/** All virtual machines of a cluster with what they need. Reads only. */
export async function machineUses(client: KubernetesClient): Promise<MachineUses[]> {
  return (await client.listAll(collectionPath("VirtualMachine"))).map(usesOf);
}

interface NameReference {
  name?: string;
}

interface CloudInit {
  secretRef?: NameReference;
  networkDataSecretRef?: NameReference;
}

interface Volume {
  cloudInitNoCloud?: CloudInit;
  cloudInitConfigDrive?: CloudInit;
  sysprep?: { secret?: NameReference; configMap?: NameReference };
  secret?: { secretName?: string };
  configMap?: NameReference;
}

interface InstanceTemplate {
  metadata?: { labels?: Record<string, string> };
  spec?: { networks?: { multus?: { networkName?: string } }[]; volumes?: Volume[] };
}

interface Matcher {
  kind?: string;
  name?: string;
  revisionName?: string;
}

function usesOf(machine: KubernetesObject): MachineUses {
  const { name, namespace = "default" } = machine.metadata;
  const template = machine.spec?.["template"] as InstanceTemplate | undefined;
  return {
    machine: `${namespace}/${name}`,
    needs: [
      ...(template?.spec?.networks ?? []).flatMap(({ multus }) => network(multus?.networkName, namespace)),
      ...(template?.spec?.volumes ?? []).flatMap((volume) => onVolume(volume, namespace)),
      ...clusterWide(machine, "preference", "VirtualMachineClusterPreference"),
      ...clusterWide(machine, "instancetype", "VirtualMachineClusterInstancetype"),
    ],
    labels: template?.metadata?.labels ?? {},
  };
}

/** A network without namespace is one of the machine's own. */
function network(name: string | undefined, own: string): ObjectPlace[] {
  if (name === undefined) return [];
  const [first = "", second] = name.split("/");
  const place = second === undefined ? { namespace: own, name: first } : { namespace: first, name: second };
  return [{ kind: "NetworkAttachmentDefinition", ...place }];
}

/** A volume reads from its machine's namespace. */
function onVolume(volume: Volume, namespace: string): ObjectPlace[] {
  const cloudInit = [volume.cloudInitNoCloud, volume.cloudInitConfigDrive];
  const secrets = [
    ...cloudInit.flatMap((source) => [source?.secretRef?.name, source?.networkDataSecretRef?.name]),
    volume.sysprep?.secret?.name,
    volume.secret?.secretName,
  ];
  const configMaps = [volume.sysprep?.configMap?.name, volume.configMap?.name];
  const places = (kind: "Secret" | "ConfigMap", names: readonly (string | undefined)[]): ObjectPlace[] =>
    names.flatMap((name) => (name === undefined ? [] : [{ kind, namespace, name }]));
  return [...places("Secret", secrets), ...places("ConfigMap", configMaps)];
}

/** KubeVirt takes the cluster-wide kind where a machine names none. */
function clusterWide(
  machine: KubernetesObject,
  field: "preference" | "instancetype",
  kind: "VirtualMachineClusterPreference" | "VirtualMachineClusterInstancetype",
): ObjectPlace[] {
  const matcher = machine.spec?.[field] as Matcher | undefined;
  const status = machine.status?.[`${field}Ref`] as { controllerRevisionRef?: NameReference } | undefined;
  const copy = matcher?.revisionName ?? status?.controllerRevisionRef?.name ?? "";
  if (matcher?.name === undefined || copy !== "") return [];
  return (matcher.kind ?? kind).toLowerCase() === kind.toLowerCase() ? [{ kind, name: matcher.name }] : [];
}
