import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import { collectionPath } from "./object-kinds";

/** One virtual machine with what it uses; names as `namespace/name`. */
export interface MachineUses {
  machine: string;
  /** Networks that it is on; the pod network is none. */
  networks: string[];
  /** Labels of its instances. */
  labels: Readonly<Record<string, string>>;
}

/** Which virtual machine is on which network, and which networks carry our label; names as `namespace/name`. */
export interface NetworkUses {
  ours: string[];
  uses: { machine: string; network: string }[];
}

/** Looks at the networks and virtual machines of a cluster. Reads only. @param label `key=value` of networks that this stack made */
export async function networkUses(client: KubernetesClient, label: string): Promise<NetworkUses> {
  const [networks, machines] = await Promise.all([
    client.listAll(`${collectionPath("NetworkAttachmentDefinition")}?labelSelector=${encodeURIComponent(label)}`),
    machineUses(client),
  ]);
  return {
    ours: networks.map(nameOf),
    uses: machines.flatMap(({ machine, networks: on }) => on.map((network) => ({ machine, network }))),
  };
}

/** All virtual machines of a cluster with what they use. Reads only. */
export async function machineUses(client: KubernetesClient): Promise<MachineUses[]> {
  return (await client.listAll(collectionPath("VirtualMachine"))).map(usesOf);
}

function nameOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? "default"}/${metadata.name}`;
}

interface InstanceTemplate {
  metadata?: { labels?: Record<string, string> };
  spec?: { networks?: { multus?: { networkName?: string } }[] };
}

/** A network without namespace is one of the machine's own. */
function usesOf(machine: KubernetesObject): MachineUses {
  const template = machine.spec?.["template"] as InstanceTemplate | undefined;
  const networks = (template?.spec?.networks ?? []).flatMap(({ multus }) => {
    const name = multus?.networkName;
    if (name === undefined) return [];
    return [name.includes("/") ? name : `${machine.metadata.namespace ?? "default"}/${name}`];
  });
  return { machine: nameOf(machine), networks, labels: template?.metadata?.labels ?? {} };
}
