import type * as pulumi from "@pulumi/pulumi";
import type { MachineUser } from "../../model/machine-user";
import type { GoldenImageArgs } from "./objects/data-volume";
import type { InstanceTypeArgs } from "./objects/instance-type";
import type { NetworkAttachmentArgs } from "./objects/network-attachment-definition";
import type { PublishedPortsArgs } from "./objects/published-ports";
import type { StorageProfileArgs } from "./objects/storage-profile";
import type { SysprepArgs } from "./objects/sysprep";
import type { VmTemplateArgs } from "./objects/vm-template";

/** A Secret with first-boot configuration for Linux VMs, in every namespace where VMs run. */
export interface CloudInitSecretArgs<Text = pulumi.Input<string>> {
  name: string;
  user: string;
  sshKeys: string[];
  /** Password of the login; absent: keys only. */
  password?: Text | undefined;
}

/**
 * The Windows answer file, in every namespace where VMs run (a sysprep volume reads from its VM's own): a ConfigMap without a password, and where
 * there is one a Secret with it.
 */
export interface AnswerFileArgs<Text = pulumi.Input<string>> extends Omit<SysprepArgs, "administratorPassword"> {
  /** Name of the ConfigMap. */
  configMap: string;
  /** The Secret; absent: Windows asks for a password. */
  secret?: { name: string; administratorPassword: Text } | undefined;
}

/**
 * All that is layered on a running cluster, as plain data; each object is described in `objects/`.
 *
 * @typeParam Text what secrets are: `pulumi.Input<string>` for resources, `string` for manifests
 */
export interface VirtualizationArgs<Text = pulumi.Input<string>> {
  /** Name of the datacenter, which every object names as the one that it belongs to. */
  owner: string;
  /** Namespaces that must exist; those that packs make are there already and are only completed, never deleted. */
  namespaces: string[];
  /** Namespaces in which VMs run: they get the first-boot configuration. */
  virtualMachineNamespaces: string[];
  storageProfile: StorageProfileArgs;
  networks: NetworkAttachmentArgs[];
  /** Named as in the description; what they are called in the cluster is said by `ImageVersions`. */
  images: GoldenImageArgs[];
  preferences: { name: string; operatingSystem: "linux" | "windows" }[];
  instanceTypes: InstanceTypeArgs[];
  cloudInit: CloudInitSecretArgs<Text>[];
  /** Null: no template is Windows. */
  sysprep: AnswerFileArgs<Text> | null;
  /** Their `image.name` is the one of the description. */
  templates: VmTemplateArgs[];
  publishedPorts: PublishedPortsArgs[];
  /** Who may do what with virtual machines. */
  users: MachineUser[];
  /** How long one image may take to import, seconds. */
  importTimeoutSeconds: number;
}
