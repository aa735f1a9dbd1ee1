import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { manifestResource, waitingFor } from "./manifest-resource";
import { cloudInitUserData } from "./objects/cloud-init";
import { linuxPreference, windowsPreference } from "./objects/cluster-preference";
import { goldenImage, type GoldenImageArgs } from "./objects/data-volume";
import { managedByLabel } from "./objects/manifest";
import { networkAttachmentDefinition, type NetworkAttachmentArgs } from "./objects/network-attachment-definition";
import { storageProfile, type StorageProfileArgs } from "./objects/storage-profile";
import { sysprepData, type SysprepArgs } from "./objects/sysprep";
import { vmTemplate, type VmTemplateArgs } from "./objects/vm-template";

/** A Secret with first-boot configuration for Linux VMs, in every namespace where VMs run. */
export interface CloudInitSecretArgs {
  name: string;
  user: string;
  sshKeys: string[];
  /** Password of the login; absent: keys only. */
  password?: pulumi.Input<string> | undefined;
}

/** A ConfigMap with a Windows answer file, in every namespace where VMs run (a sysprep volume reads from its VM's own). */
export interface SysprepConfigMapArgs extends Omit<SysprepArgs, "administratorPassword"> {
  name: string;
  administratorPassword?: pulumi.Input<string> | undefined;
}

/** All that is layered on a running cluster, as plain data; each object is described in `objects/`. */
export interface VirtualizationArgs {
  /** Namespaces that must exist; those that packs make are there already and are only completed, never deleted. */
  namespaces: string[];
  /** Namespaces in which VMs run: they get the first-boot configuration. */
  virtualMachineNamespaces: string[];
  storageProfile: StorageProfileArgs;
  networks: NetworkAttachmentArgs[];
  images: GoldenImageArgs[];
  preferences: { name: string; operatingSystem: "linux" | "windows" }[];
  cloudInit: CloudInitSecretArgs[];
  /** Null: no template is Windows. */
  sysprep: SysprepConfigMapArgs | null;
  templates: VmTemplateArgs[];
  /** How long one image may take to import, in seconds. Default 3600. */
  importTimeoutSeconds?: number;
}

/**
 * The virtualization layer of one cluster: StorageProfile, NetworkAttachmentDefinitions, golden images, preferences, first-boot
 * configuration and VM templates (RA, VMO-RA-Templates profile).
 */
export class Virtualization extends pulumi.ComponentResource {
  /** Names of the VM templates, known when all of them can be used. */
  public readonly templates: pulumi.Output<string[]>;
  /** `namespace/name` of each network that VMs can be placed on. */
  public readonly networks: pulumi.Output<string[]>;

  constructor(name: string, args: VirtualizationArgs, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:virtualization:Virtualization", name, {}, options);
    const namespaces = args.namespaces.map((namespace) => this.namespace(namespace));
    const inNamespaces = { parent: this, dependsOn: namespaces };
    const profile = this.storageProfile(args.storageProfile);
    const networks = args.networks.map((network) =>
      manifestResource(network.name, networkAttachmentDefinition(network), inNamespaces),
    );
    const images = args.images.map((image) => this.image(image, args, [...namespaces, profile]));
    const preferences = args.preferences.map(({ name: preference, operatingSystem }) =>
      manifestResource(
        preference,
        operatingSystem === "linux" ? linuxPreference(preference) : windowsPreference(preference),
        { parent: this },
      ),
    );
    const { sysprep } = args;
    const firstBoot = args.virtualMachineNamespaces.flatMap((namespace) => [
      ...args.cloudInit.map((secret) => this.cloudInit(namespace, secret, inNamespaces)),
      ...(sysprep === null ? [] : [this.sysprep(namespace, sysprep, inNamespaces)]),
    ]);
    const templates = args.templates.map((template) =>
      manifestResource(template.name, vmTemplate(template), {
        parent: this,
        dependsOn: [...networks, ...images, ...preferences, ...firstBoot],
      }),
    );
    this.templates = pulumi.all(templates.map((template) => template.metadata.name));
    this.networks = pulumi.output(args.networks.map((network) => `${network.namespace}/${network.name}`));
    this.registerOutputs({ templates: this.templates, networks: this.networks });
  }

  /** Applied and never deleted: the packs make these namespaces too, and VMs live in them. */
  private namespace(namespace: string): kubernetes.core.v1.NamespacePatch {
    return new kubernetes.core.v1.NamespacePatch(
      namespace,
      { metadata: { name: namespace, labels: { ...managedByLabel } } },
      { parent: this, retainOnDelete: true },
    );
  }

  /** CDI owns the object; our `spec` is applied to it, and stays when we go (the API refuses to give the required field up). */
  private storageProfile(args: StorageProfileArgs): kubernetes.apiextensions.CustomResourcePatch {
    const { apiVersion, kind, metadata, ...rest } = storageProfile(args);
    return new kubernetes.apiextensions.CustomResourcePatch(
      `storage-profile-${args.storageClass}`,
      { apiVersion, kind, metadata, ...rest },
      { parent: this, retainOnDelete: true },
    );
  }

  /** CDI refuses every change of a DataVolume's spec, so a change makes a new one; the old one goes first, as it holds the name. */
  private image(
    image: GoldenImageArgs,
    args: VirtualizationArgs,
    dependsOn: pulumi.Resource[],
  ): kubernetes.apiextensions.CustomResource {
    const manifest = waitingFor(
      goldenImage(image),
      "jsonpath={.status.phase}=Succeeded",
      args.importTimeoutSeconds ?? 3600,
    );
    return manifestResource(image.name, manifest, {
      parent: this,
      dependsOn,
      replaceOnChanges: ["spec"],
      deleteBeforeReplace: true,
    });
  }

  private cloudInit(
    namespace: string,
    args: CloudInitSecretArgs,
    options: pulumi.CustomResourceOptions,
  ): kubernetes.core.v1.Secret {
    const userdata = pulumi
      .output(args.password)
      .apply((password) => cloudInitUserData({ user: args.user, sshKeys: args.sshKeys, password }));
    return new kubernetes.core.v1.Secret(
      `${args.name}-${namespace}`,
      {
        metadata: { name: args.name, namespace, labels: { ...managedByLabel } },
        stringData: { userdata: pulumi.secret(userdata) },
      },
      options,
    );
  }

  private sysprep(
    namespace: string,
    args: SysprepConfigMapArgs,
    options: pulumi.CustomResourceOptions,
  ): kubernetes.core.v1.ConfigMap {
    const { name, administratorPassword, ...rest } = args;
    const data = pulumi
      .output(administratorPassword)
      .apply((password) => sysprepData({ ...rest, administratorPassword: password }));
    return new kubernetes.core.v1.ConfigMap(
      `${name}-${namespace}`,
      { metadata: { name, namespace, labels: { ...managedByLabel } }, data },
      options,
    );
  }
}
