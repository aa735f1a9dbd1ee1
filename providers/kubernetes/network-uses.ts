import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";

/** Which virtual machine is on which network, and which networks carry our label; names as `namespace/name`. */
export interface NetworkUses {
  ours: string[];
  uses: { machine: string; network: string }[];
}

/** Looks at the networks and virtual machines of a cluster. Reads only. @param label `key=value` of networks that this program made */
export async function networkUses(client: KubernetesClient, label: string): Promise<NetworkUses> {
  const [networks, machines] = await Promise.all([
    client.list(`/apis/k8s.cni.cncf.io/v1/network-attachment-definitions?labelSelector=${encodeURIComponent(label)}`),
    client.list("/apis/kubevirt.io/v1/virtualmachines"),
  ]);
  return { ours: networks.map(nameOf), uses: machines.flatMap(usesOf) };
}

function nameOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? "default"}/${metadata.name}`;
}

/** A network without namespace is one of the machine's own. */
function usesOf(machine: KubernetesObject): { machine: string; network: string }[] {
  const template = machine.spec?.["template"] as { spec?: { networks?: { multus?: { networkName?: string } }[] } };
  return (template.spec?.networks ?? []).flatMap(({ multus }) => {
    const name = multus?.networkName;
    if (name === undefined) return [];
    const network = name.includes("/") ? name : `${machine.metadata.namespace ?? "default"}/${name}`;
    return [{ machine: nameOf(machine), network }];
  });
}
