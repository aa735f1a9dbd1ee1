import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { withPreviousType } from "../component-aliases";
import { goldenImageResource } from "./golden-image-resource";
import type { ImageNames } from "./image-versions";
import { manifestResource, ours } from "./manifest-resource";
import { cloneRights } from "./objects/clone-right";
import type { GoldenImageArgs } from "./objects/data-volume";
import { instanceType } from "./objects/instance-type";
import { type Manifest, managedByLabel, namespaceLabel, ownedBy, ownerLabel, templateLabel } from "./objects/manifest";
import { type ObjectPlace, placeText } from "../../providers/kubernetes/object-place";
import { isObjectKind } from "../../providers/kubernetes/object-kinds";
import { type ListsOfObject, listsOf, OwnedLists } from "../../providers/virtualization/owned-lists";
import { UseGuard } from "../../providers/virtualization/use-guard";
import { type NetworkAttachmentArgs, networkAttachmentDefinition } from "./objects/network-attachment-definition";
import { publishedPorts } from "./objects/published-ports";
import { storageProfile, type StorageProfileArgs } from "./objects/storage-profile";
import { userRights } from "./objects/user-rights";
import { vmTemplate, type VmTemplateArgs } from "./objects/vm-template";
import type { AnswerFileArgs, CloudInitSecretArgs, VirtualizationArgs } from "./virtualization-args";
import { cloudInitSecret, preferenceFor, sysprepConfigMap, sysprepSecret, withImage } from "./virtualization-manifests";

/** What the layer needs besides its description. */
export interface VirtualizationSurroundings {
  /** What the cluster calls each golden image at present. */
  imageNames: pulumi.Input<ImageNames>;
  /** Of the cluster; absent: items that are appended to lists by hand are not seen. */
  kubeconfig?: pulumi.Input<string>;
  /** Resolves when the cluster takes objects of these kinds: CRDs established, KubeVirt and CDI available, webhooks answering. */
  ready?: pulumi.Output<boolean>;
  /**
   * Whether the objects stay when this component is no longer part of the program: they then go with the cluster, or another delivery takes them
   * over. An object that alone is taken out of the description is deleted all the same. Otherwise a destroy deletes them, unless virtual machines
   * need them.
   */
  leaveInPlace: boolean;
}

/**
 * The virtualization layer of one cluster: StorageProfile, NetworkAttachmentDefinitions, golden images, preferences, instance types, first-boot
 * configuration and VM templates (RA, VMO-RA-Templates profile).
 */
export class Virtualization extends pulumi.ComponentResource {
  /** Names of the VM templates, known when all of them can be used. */
  public readonly templates: pulumi.Output<string[]>;
  /** `namespace/name` of each network that VMs can be placed on. */
  public readonly networks: pulumi.Output<string[]>;

  /** Options of every object. */
  private readonly own: pulumi.CustomResourceOptions;

  /** The datacenter that the objects belong to. */
  private readonly owner: string;

  constructor(
    name: string,
    args: VirtualizationArgs,
    private readonly surroundings: VirtualizationSurroundings,
    options: pulumi.ComponentResourceOptions = {},
  ) {
    super("vmo-metal:Virtualization", name, {}, withPreviousType(options, "vmo-metal:virtualization:Virtualization"));
    this.owner = args.owner;
    this.own = { parent: this, ...(surroundings.leaveInPlace ? { deletedWith: this } : {}) };
    // Nothing is sent before the cluster was looked at: whatever is wrong with it must leave no trace there.
    const looked = (surroundings.ready ?? pulumi.output(true)).apply((): pulumi.Resource[] => []);
    const namespaces = args.namespaces.map((namespace) => this.namespace(namespace, looked));
    const settled = looked.apply((): pulumi.Resource[] => namespaces);
    const placed = { ...this.own, dependsOn: settled };
    const profile = this.storageProfile(args.storageProfile, settled);
    const networks = args.networks.map((network) => this.network(network, args.networks, placed));
    const images = args.images.map((image) => this.image(image, args, profile, settled));
    const rights = cloneRights(args).map((right) =>
      manifestResource(`${right.metadata.name}-${right.metadata.namespace ?? "default"}`, this.owned(right), placed),
    );
    for (const right of userRights(args.users, args.owner))
      manifestResource(`${right.metadata.name}-${right.metadata.namespace ?? "cluster"}`, this.owned(right), placed);
    const preferences = [
      ...args.preferences.map(({ name: preference, operatingSystem }) =>
        manifestResource(preference, this.owned(preferenceFor(operatingSystem)(preference)), placed),
      ),
      ...args.instanceTypes.map((type) => manifestResource(type.name, this.owned(instanceType(type)), placed)),
    ];
    const firstBoot = this.firstBoot(args, settled);
    const used = [...networks, ...images, ...preferences, ...firstBoot, ...rights];
    const templates = args.templates.map((template) => this.template(template, used));
    for (const ports of args.publishedPorts) this.publish(ports, settled);
    this.ownLists(args, [profile, ...used, ...templates]);
    if (!surroundings.leaveInPlace) this.guard(args, [...used, ...templates]);
    this.templates = pulumi.all(templates.map((template) => template.metadata.name));
    this.networks = pulumi.output(args.networks.map((network) => `${network.namespace}/${network.name}`));
    this.registerOutputs({ templates: this.templates, networks: this.networks });
  }

  private owned(manifest: Manifest): Manifest {
    return ownedBy(manifest, this.owner);
  }

  /** Goes first on a destroy, and refuses to when virtual machines need what it depends on. */
  private guard(args: VirtualizationArgs, dependsOn: pulumi.Resource[]): void {
    const objects = pulumi
      .output(this.surroundings.imageNames)
      .apply((names) => neededPlaces(args, names).map(placeText));
    const templates = args.templates.map((template) => template.name);
    new UseGuard("in-use", { objects, templateLabel, templates }, { parent: this, dependsOn });
  }

  /** Metadata of an object of somebody else of which only some fields are ours, always under one name: a stack that is made again goes on. */
  private patched<Metadata extends object>(metadata: Metadata): Metadata & { annotations: Record<string, string> } {
    return ours({ ...metadata, annotations: { "pulumi.com/patchFieldManager": `vmo-metal-${this.owner}` } });
  }

  /** Items that somebody appends to a list of ours are drift too. Images are left out: what is imported is never changed. */
  private ownLists(args: VirtualizationArgs, dependsOn: pulumi.Resource[]): void {
    const { kubeconfig, imageNames } = this.surroundings;
    if (kubeconfig === undefined) return;
    const objects = pulumi.output(imageNames).apply((names) => {
      const manifests = [
        storageProfile(args.storageProfile),
        ...cloneRights(args),
        ...userRights(args.users, args.owner),
        ...args.preferences.map((preference) => preferenceFor(preference.operatingSystem)(preference.name)),
        ...args.instanceTypes.map(instanceType),
        ...args.templates.map((template) => vmTemplate(withImage(template, names))),
      ];
      return Object.fromEntries(manifests.flatMap(listsOfManifest));
    });
    new OwnedLists("lists", { kubeconfig, owner: this.owner, objects }, { parent: this, dependsOn });
  }

  /** Applied and never deleted: the packs make these namespaces too, and VMs live in them. */
  private namespace(namespace: string, dependsOn: pulumi.Output<pulumi.Resource[]>): kubernetes.core.v1.NamespacePatch {
    return new kubernetes.core.v1.NamespacePatch(
      namespace,
      { metadata: this.patched({ name: namespace, labels: { ...namespaceLabel } }) },
      { ...this.own, dependsOn, retainOnDelete: true },
    );
  }

  /** CDI owns the object; our `spec` is applied to it, and stays when we go (the API refuses to give the required field up). */
  private storageProfile(
    args: StorageProfileArgs,
    dependsOn: pulumi.Input<pulumi.Resource[]>,
  ): kubernetes.apiextensions.CustomResourcePatch {
    const { apiVersion, kind, metadata, ...rest } = storageProfile(args);
    return new kubernetes.apiextensions.CustomResourcePatch(
      `storage-profile-${args.storageClass}`,
      { apiVersion, kind, metadata: this.patched(metadata), ...rest },
      { ...this.own, dependsOn, retainOnDelete: true },
    );
  }

  /**
   * A network of the namespace `default` has its own name as the resource's, others have their namespace before it: VLANs may be offered to several
   * namespaces under one name. Earlier versions named all of them without a namespace.
   */
  private network(
    network: NetworkAttachmentArgs,
    all: readonly NetworkAttachmentArgs[],
    options: pulumi.CustomResourceOptions,
  ): kubernetes.apiextensions.CustomResource {
    const { name, namespace } = network;
    const inDefault = namespace === "default";
    const isFirst = all.find((other) => other.name === name) === network;
    return manifestResource(
      inDefault ? name : `${namespace}/${name}`,
      this.owned(networkAttachmentDefinition(network)),
      {
        ...options,
        ...(inDefault || !isFirst ? {} : { aliases: [{ name }] }),
      },
    );
  }

  private image(
    image: GoldenImageArgs,
    args: VirtualizationArgs,
    profile: pulumi.Resource,
    settled: pulumi.Output<pulumi.Resource[]>,
  ): kubernetes.apiextensions.CustomResource {
    return goldenImageResource(
      image,
      this.owner,
      pulumi.output(this.surroundings.imageNames).apply((names) => names[image.name] ?? image.name),
      args.importTimeoutSeconds,
      { ...this.own, dependsOn: settled.apply((resources) => [...resources, profile]) },
    );
  }

  private firstBoot(args: VirtualizationArgs, dependsOn: pulumi.Output<pulumi.Resource[]>): pulumi.Resource[] {
    const options = { ...this.own, dependsOn };
    const { sysprep } = args;
    return args.virtualMachineNamespaces.flatMap((namespace) => [
      ...args.cloudInit.map((secret) => cloudInit(secret, namespace, this.owner, options)),
      ...(sysprep === null ? [] : answerFiles(sysprep, namespace, this.owner, options)),
    ]);
  }

  private template(args: VmTemplateArgs, dependsOn: pulumi.Resource[]): kubernetes.apiextensions.CustomResource {
    const { apiVersion, kind, metadata } = this.owned(vmTemplate(args));
    const spec = pulumi
      .output(this.surroundings.imageNames)
      .apply((names) => vmTemplate(withImage(args, names))["spec"]);
    return manifestResource(args.name, { apiVersion, kind, metadata, spec }, { ...this.own, dependsOn });
  }

  /** No VM need exist yet, so nothing is waited for. */
  private publish(
    args: VirtualizationArgs["publishedPorts"][number],
    dependsOn: pulumi.Output<pulumi.Resource[]>,
  ): void {
    const { metadata, ...rest } = this.owned(publishedPorts(args));
    const patient = { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } };
    new kubernetes.core.v1.Service(
      `${args.template}-${args.namespace}`,
      { metadata: ours(patient), spec: rest["spec"] as kubernetes.types.input.core.v1.ServiceSpec },
      { ...this.own, dependsOn },
    );
  }
}

/** Objects that virtual machines and their disks need. */
function neededPlaces(args: VirtualizationArgs, imageNames: ImageNames): ObjectPlace[] {
  const { networks, images, preferences, instanceTypes, cloudInit: secrets, sysprep, virtualMachineNamespaces } = args;
  const firstBoot = [
    ...secrets.map(({ name }) => ({ kind: "Secret" as const, name })),
    ...(sysprep === null ? [] : [{ kind: "ConfigMap" as const, name: sysprep.configMap }]),
    ...(sysprep?.secret === undefined ? [] : [{ kind: "Secret" as const, name: sysprep.secret.name }]),
  ];
  return [
    ...networks.map(({ name, namespace }) => ({ kind: "NetworkAttachmentDefinition" as const, name, namespace })),
    ...images.map(({ name, namespace }) => ({
      kind: "DataVolume" as const,
      name: imageNames[name] ?? name,
      namespace,
    })),
    ...preferences.map(({ name }) => ({ kind: "VirtualMachineClusterPreference" as const, name })),
    ...instanceTypes.map(({ name }) => ({ kind: "VirtualMachineClusterInstancetype" as const, name })),
    ...virtualMachineNamespaces.flatMap((namespace) => firstBoot.map((place) => ({ ...place, namespace }))),
  ];
}

/** The lists of a manifest, by what messages call the object; none for a manifest without lists. */
function listsOfManifest({ apiVersion: _version, kind, metadata, ...rest }: Manifest): [string, ListsOfObject][] {
  const lists = listsOf(rest);
  if (!isObjectKind(kind) || Object.keys(lists).length === 0) return [];
  const { name, namespace } = metadata;
  const place: ObjectPlace = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  return [[placeText(place), { kind, name, namespace: namespace ?? null, lists }]];
}

function cloudInit(
  args: CloudInitSecretArgs,
  namespace: string,
  owner: string,
  options: pulumi.CustomResourceOptions,
): kubernetes.core.v1.Secret {
  const stringData = pulumi
    .output(args.password)
    .apply((password) => cloudInitSecret({ ...args, password }, namespace)["stringData"] as Record<string, string>);
  return new kubernetes.core.v1.Secret(
    `${args.name}-${namespace}`,
    {
      metadata: ours({ name: args.name, namespace, labels: { ...managedByLabel, [ownerLabel]: owner } }),
      stringData: pulumi.secret(stringData),
    },
    options,
  );
}

function answerFiles(
  args: AnswerFileArgs,
  namespace: string,
  owner: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const labels = { ...managedByLabel, [ownerLabel]: owner };
  const { configMap, secret } = args;
  const metadata = (name: string) => ours({ name, namespace, labels });
  const plain = new kubernetes.core.v1.ConfigMap(
    `${configMap}-${namespace}`,
    {
      metadata: metadata(configMap),
      data: sysprepConfigMap(args, namespace)["data"] as Record<string, string>,
    },
    options,
  );
  if (secret === undefined) return [plain];
  const { name } = secret;
  const stringData = pulumi
    .output(secret.administratorPassword)
    .apply(
      (administratorPassword) =>
        sysprepSecret(args, { name, administratorPassword }, namespace)["stringData"] as Record<string, string>,
    );
  return [
    plain,
    new kubernetes.core.v1.Secret(
      `${name}-${namespace}`,
      { metadata: metadata(name), stringData: pulumi.secret(stringData) },
      options,
    ),
  ];
}
