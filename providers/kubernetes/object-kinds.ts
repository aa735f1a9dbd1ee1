/** Where the objects of one kind are found. */
interface ObjectKind {
  /** API group; "" is the core one. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Whether the API server brings it along; default: only what is in the core group. */
  readonly builtIn?: true;
}

/** Every kind that the virtualization layer makes or looks at. */
const kinds = {
  NetworkAttachmentDefinition: {
    group: "k8s.cni.cncf.io",
    version: "v1",
    plural: "network-attachment-definitions",
    namespaced: true,
  },
  DataVolume: { group: "cdi.kubevirt.io", version: "v1beta1", plural: "datavolumes", namespaced: true },
  StorageProfile: { group: "cdi.kubevirt.io", version: "v1beta1", plural: "storageprofiles", namespaced: false },
  VirtualMachine: { group: "kubevirt.io", version: "v1", plural: "virtualmachines", namespaced: true },
  VirtualMachineClusterPreference: {
    group: "instancetype.kubevirt.io",
    version: "v1beta1",
    plural: "virtualmachineclusterpreferences",
    namespaced: false,
  },
  VirtualMachineClusterInstancetype: {
    group: "instancetype.kubevirt.io",
    version: "v1beta1",
    plural: "virtualmachineclusterinstancetypes",
    namespaced: false,
  },
  VmTemplate: { group: "spectrocloud.com", version: "v1", plural: "vmtemplates", namespaced: false },
  Secret: { group: "", version: "v1", plural: "secrets", namespaced: true },
  ConfigMap: { group: "", version: "v1", plural: "configmaps", namespaced: true },
  Role: { group: "rbac.authorization.k8s.io", version: "v1", plural: "roles", namespaced: true, builtIn: true },
  RoleBinding: {
    group: "rbac.authorization.k8s.io",
    version: "v1",
    plural: "rolebindings",
    namespaced: true,
    builtIn: true,
  },
  ClusterRoleBinding: {
    group: "rbac.authorization.k8s.io",
    version: "v1",
    plural: "clusterrolebindings",
    namespaced: false,
    builtIn: true,
  },
  Service: { group: "", version: "v1", plural: "services", namespaced: true },
} as const satisfies Record<string, ObjectKind>;

/** The name of a kind that the virtualization layer makes or looks at. */
export type ObjectKindName = keyof typeof kinds;

/** Whether a text is one of {@link ObjectKindName}. */
export function isObjectKind(kind: string): kind is ObjectKindName {
  return Object.hasOwn(kinds, kind);
}

/** The name of the CustomResourceDefinition behind a kind; undefined for one that every cluster has. */
export function definitionName(kind: ObjectKindName): string | undefined {
  const { group, plural, builtIn }: ObjectKind = kinds[kind];
  return group === "" || builtIn === true ? undefined : `${plural}.${group}`;
}

/** Path of all objects of a kind. @param namespace of a namespaced kind; absent: all namespaces */
export function collectionPath(kind: ObjectKindName, namespace?: string): string {
  const { group, version, plural, namespaced } = kinds[kind];
  const base = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${base}/${namespaced && namespace !== undefined ? `namespaces/${namespace}/` : ""}${plural}`;
}

/** Path of one object. @param namespace of a namespaced kind; default `default` */
export function objectPath(kind: ObjectKindName, name: string, namespace = "default"): string {
  return `${collectionPath(kind, namespace)}/${name}`;
}
