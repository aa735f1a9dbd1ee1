import type { ImageNames } from "./image-versions";
import { cloneRights } from "./objects/clone-right";
import { cloudInitUserData } from "./objects/cloud-init";
import { linuxPreference, windowsPreference } from "./objects/cluster-preference";
import { goldenImage, type GoldenImageArgs } from "./objects/data-volume";
import { instanceType } from "./objects/instance-type";
import { type Manifest, managedByLabel, ownedBy } from "./objects/manifest";
import { networkAttachmentDefinition } from "./objects/network-attachment-definition";
import { publishedPorts } from "./objects/published-ports";
import { storageProfile } from "./objects/storage-profile";
import { sysprepData } from "./objects/sysprep";
import { userRights } from "./objects/user-rights";
import { vmTemplate, type VmTemplateArgs } from "./objects/vm-template";
import type { AnswerFileArgs, CloudInitSecretArgs, VirtualizationArgs } from "./virtualization-args";

/** All objects of the layer, in the order and under the names of the RA's five manifest layers. */
export interface VirtualizationManifests {
  /** StorageProfile. */
  storage: Manifest[];
  /** NetworkAttachmentDefinitions. */
  networking: Manifest[];
  /** DataVolumes, and the right to clone them. */
  goldenImages: Manifest[];
  /** Preferences and instance types. */
  preferences: Manifest[];
  /** First-boot configuration; holds passwords when they are given. */
  firstBoot: Manifest[];
  /** VmTemplates, Services in front of their machines, and what users may do with these. */
  templates: Manifest[];
}

/** Renders every object of the layer: what is validated before anything is sent, and what a profile delivers. Pure. */
export function virtualizationManifests(args: VirtualizationArgs<string>, names: ImageNames): VirtualizationManifests {
  const { sysprep } = args;
  const owned = (manifests: readonly Manifest[]): Manifest[] =>
    manifests.map((manifest) => ownedBy(manifest, args.owner));
  return {
    // CDI's object, of which only `spec` is ours.
    storage: [storageProfile(args.storageProfile)],
    networking: owned(args.networks.map(networkAttachmentDefinition)),
    goldenImages: owned([...args.images.map((image) => goldenImage(namedImage(image, names))), ...cloneRights(args)]),
    preferences: owned([
      ...args.preferences.map(({ name, operatingSystem }) => preferenceFor(operatingSystem)(name)),
      ...args.instanceTypes.map(instanceType),
    ]),
    firstBoot: owned(
      args.virtualMachineNamespaces.flatMap((namespace) => [
        ...args.cloudInit.map((secret) => cloudInitSecret(secret, namespace)),
        ...(sysprep === null ? [] : answerFiles(sysprep, namespace)),
      ]),
    ),
    templates: owned([
      ...args.templates.map((template) => vmTemplate(withImage(template, names))),
      ...args.publishedPorts.map(publishedPorts),
      ...userRights(args.users, args.owner),
    ]),
  };
}

/** The preference for guests of one kind. */
export function preferenceFor(operatingSystem: "linux" | "windows"): (name: string) => Manifest {
  return operatingSystem === "linux" ? linuxPreference : windowsPreference;
}

/** An image under the name that it has in the cluster. */
export function namedImage(image: GoldenImageArgs, names: ImageNames): GoldenImageArgs {
  return { ...image, name: nameIn(names, image.name) };
}

/** A template of the image's current version. An image that is not the description's keeps its name. */
export function withImage(template: VmTemplateArgs, names: ImageNames): VmTemplateArgs {
  const { name, namespace } = template.image;
  return { ...template, image: { name: nameIn(names, name), namespace } };
}

/** An image's name in the cluster; one such as "constructor" is no key of every object. */
function nameIn(names: ImageNames, name: string): string {
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}

/** First-boot configuration of Linux VMs in one namespace. */
export function cloudInitSecret(args: CloudInitSecretArgs<string>, namespace: string): Manifest {
  const { name, ...rest } = args;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { ...managedByLabel } },
    stringData: { userdata: cloudInitUserData(rest) },
  };
}

function answerFiles(args: AnswerFileArgs<string>, namespace: string): Manifest[] {
  const { secret } = args;
  const withPassword = secret === undefined ? [] : [sysprepSecret(args, secret, namespace)];
  return [sysprepConfigMap(args, namespace), ...withPassword];
}

/** The answer file of Windows VMs in one namespace, without a password. */
export function sysprepConfigMap(args: AnswerFileArgs<unknown>, namespace: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: args.configMap, namespace, labels: { ...managedByLabel } },
    data: sysprepData(args),
  };
}

/** The answer file of Windows VMs in one namespace, with the Administrator's password. */
export function sysprepSecret(
  args: AnswerFileArgs<unknown>,
  secret: { name: string; administratorPassword: string },
  namespace: string,
): Manifest {
  const { name, administratorPassword } = secret;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { ...managedByLabel } },
    stringData: sysprepData({ ...args, administratorPassword }),
  };
}
