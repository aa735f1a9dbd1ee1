import type { MachineUser } from "../../model/machine-user";

/** The guest operating systems that preferences and templates tell apart. */
export type GuestOperatingSystem = "linux" | "windows";

/** A network that virtual machines can be put on: a NetworkAttachmentDefinition. */
export interface VirtualMachineNetwork {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /** The VLAN; null = untagged. */
  readonly vlan: number | null;
}

/** Where a golden image comes from. */
export type ImageSource =
  /** A web server. `checksum` is `sha256:…` and such; null = not pinned. */
  | { readonly kind: "http"; readonly url: string; readonly checksum: string | null }
  /** A container registry: `docker://…` or `oci-archive:…`; `isDefault` when nobody described it. */
  | { readonly kind: "registry"; readonly url: string; readonly isDefault: boolean }
  /** Another PersistentVolumeClaim of the cluster. */
  | { readonly kind: "pvc"; readonly namespace: string; readonly name: string }
  /** Somebody uploads it with virtctl. */
  | { readonly kind: "upload" }
  /** Not said; an error of the preflight. */
  | { readonly kind: "missing" };

/** A golden image: a DataVolume. */
export interface GoldenImage {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /** The guest that is on it. */
  readonly operatingSystem: GuestOperatingSystem;
  /** Where it comes from. */
  readonly source: ImageSource;
  /** Size of the volume, GiB. */
  readonly sizeGibibytes: number;
}

/** A VirtualMachineClusterPreference. */
export interface Preference {
  /** Its name. */
  readonly name: string;
  /** The guests that it is for. */
  readonly operatingSystem: GuestOperatingSystem;
}

/** A VirtualMachineClusterInstancetype. */
export interface InstanceType {
  /** Its name. */
  readonly name: string;
  /** Virtual CPUs. */
  readonly cpuCores: number;
  /** Memory of the guest, GiB. */
  readonly memoryGibibytes: number;
}

/** A Service in front of the machines of a template on the pod network. */
export interface PublishedPorts {
  /** TCP ports. */
  readonly ports: readonly number[];
  /** `external`: at an address of MetalLB's; `cluster`: inside the cluster only. */
  readonly access: "external" | "cluster";
  /** Namespace of the machines. */
  readonly namespace: string;
}

/** A VmTemplate. */
export interface VirtualMachineTemplate {
  /** Its name. */
  readonly name: string;
  /** What users see. */
  readonly displayName: string;
  /** What it is for; "" = nothing said. */
  readonly description: string;
  /** That of its golden image. */
  readonly operatingSystem: GuestOperatingSystem;
  /** The golden image that its disk is cloned from. */
  readonly image: string;
  /** The preference that it uses. */
  readonly preference: string;
  /** The network that it is on, as `name` or `namespace/name`; null = the pod network. */
  readonly network: string | null;
  /** The instance type that says its virtual CPUs and memory; null = its own ones. */
  readonly instanceType: string | null;
  /** Virtual CPUs; those of the instance type when it has one. */
  readonly cpuCores: number;
  /** Memory, GiB; that of the instance type when it has one. */
  readonly memoryGibibytes: number;
  /** Ports that are published; null = none. */
  readonly publish: PublishedPorts | null;
  /** Size of its disk, GiB. */
  readonly diskGibibytes: number;
  /** Public SSH keys of the first user (Linux). */
  readonly sshKeys: readonly string[];
}

/** Virtual machines that are planned for; compared to what the cluster can carry. */
export interface PlannedVirtualMachines {
  /** How many. */
  readonly count: number;
  /** Virtual CPUs of each. */
  readonly cpuCores: number;
  /** Memory of each, GiB. */
  readonly memoryGibibytes: number;
  /** Whether disks are hot-added to them, which takes a pod more (RA, Solution Sizing). */
  readonly hotAddedDisks: boolean;
}

/** The virtualization layer. */
export interface VirtualizationSection {
  /** Who makes the objects: this program (`objects`), the VMO-RA-Templates profile (`profile`), or nobody. */
  readonly delivery: "objects" | "profile" | "none";
  /** Where golden images lie. */
  readonly goldenImagesNamespace: string;
  /** Namespaces in which virtual machines run; the sysprep ConfigMap is in each. */
  readonly virtualMachineNamespaces: readonly string[];
  /** NetworkAttachmentDefinitions, VLAN ranges expanded. */
  readonly networks: readonly VirtualMachineNetwork[];
  /** Golden images: the default ones first. */
  readonly images: readonly GoldenImage[];
  /** Preferences: the default ones first. */
  readonly preferences: readonly Preference[];
  /** Instance types: the default ones first. */
  readonly instanceTypes: readonly InstanceType[];
  /** How long the import of one golden image may take, minutes. */
  readonly importTimeoutMinutes: number;
  /** Templates: the default ones first. */
  readonly templates: readonly VirtualMachineTemplate[];
  /** Who may do what with virtual machines. */
  readonly users: readonly MachineUser[];
  /** What the capacity is compared with. */
  readonly plannedVirtualMachines: readonly PlannedVirtualMachines[];
  /** Pods of added software (RA, Solution Sizing: backup and the like). */
  readonly extraPods: { readonly perNode: number; readonly perCluster: number };
}

/** Returns the networks that a template's `network` can mean: `name` those of every namespace, `namespace/name` one. */
export function networksNamed(
  networks: readonly VirtualMachineNetwork[],
  reference: string,
): readonly VirtualMachineNetwork[] {
  return networks.filter(({ name, namespace }) => reference === name || reference === `${namespace}/${name}`);
}
