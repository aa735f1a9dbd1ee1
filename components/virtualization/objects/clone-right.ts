import { shortened } from "../../../model/short-name";
import { type Manifest, managedByLabel } from "./manifest";

/** Who may clone golden images. */
export interface CloneRightArgs {
  /** The golden images, by their namespaces. */
  images: readonly { namespace: string }[];
  /** Namespaces whose virtual machines clone them. */
  virtualMachineNamespaces: readonly string[];
  /** Name of the datacenter: several stacks may share a namespace of images. */
  owner: string;
}

const group = "rbac.authorization.k8s.io";

/**
 * A Role and its RoleBinding for each namespace of golden images, that let virtual machines of other namespaces clone these. Before it clones across namespaces, KubeVirt asks
 * whether the service account of the VM (`default` unless the VM names another) may create `datavolumes/source` where the image is (CDI, "Restricting
 * access to PVC cloning"). Empty when no machine is in another namespace: inside one, no right is asked for.
 */
export function cloneRights({ images, virtualMachineNamespaces, owner }: CloneRightArgs): Manifest[] {
  const namespaces = [...new Set(images.map(({ namespace }) => namespace))];
  return namespaces.flatMap((namespace) => cloneRight(namespace, virtualMachineNamespaces, owner));
}

function cloneRight(namespace: string, virtualMachineNamespaces: readonly string[], owner: string): Manifest[] {
  const others = virtualMachineNamespaces.filter((other) => other !== namespace);
  if (others.length === 0) return [];
  const metadata = { name: shortened(`${owner}-image-clone`), namespace, labels: { ...managedByLabel } };
  return [
    {
      apiVersion: `${group}/v1`,
      kind: "Role",
      metadata,
      rules: [{ apiGroups: ["cdi.kubevirt.io"], resources: ["datavolumes/source"], verbs: ["create"] }],
    },
    {
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: group, kind: "Role", name: metadata.name },
      subjects: others.map((other) => ({ kind: "ServiceAccount", name: "default", namespace: other })),
    },
  ];
}
