import type { ImageSource as ManifestSource } from "../../components/virtualization/objects/data-volume";
import type { VmTemplateArgs } from "../../components/virtualization/objects/vm-template";
import type { VirtualizationArgs } from "../../components/virtualization/virtualization-args";
import { layouts } from "../../components/bare-metal/layouts/layout-table";
import { workerHosts } from "../derived/all-hosts";
import type { Datacenter } from "../description/datacenter";
import { STORAGE_PROVIDER_TABLE } from "../description/storage-providers";
import type { StorageSection } from "../description/storage";
import {
  type ImageSource,
  networksNamed,
  type VirtualizationSection,
  type VirtualMachineTemplate,
} from "../description/virtualization";

/** What the virtualization layer needs besides its section. */
export interface VirtualizationContext<Text> {
  storage: Pick<StorageSection, "storageClass" | "accessMode" | "volumeMode">;
  /** The datacenter's name. */
  owner: string;
  /** How CDI clones on the storage provider. */
  cloneStrategy: "csi-clone" | "snapshot" | "copy";
  /** The VLAN-aware bridge of the workers. */
  bridge: string;
  /** MTU of VM networks, bytes; null: the kernel's 1500. */
  mtu: number | null;
  /** Password of the first user of Linux VMs; absent: keys only. */
  guestPassword: Text | undefined;
  /** Password of the local Administrator of Windows VMs; absent: Windows asks. */
  windowsAdministratorPassword: Text | undefined;
}

/** Name of the ConfigMap with the Windows answer file (RA, VMO-VMTemplates layer). */
const sysprepConfigMap = "cm-unattend-xml";

/** Name of the Secret with the answer file that holds a password: a ConfigMap is open to everybody who may look at the namespace. */
const sysprepSecret = "secret-unattend-xml";

/** MTU of a network interface that nobody set, bytes. */
const kernelMtu = 1500;

/** The login of Linux VMs. */
const linuxUser = "ubuntu";

/** The objects of the virtualization layer, from the description. Pure but for the secrets that it passes on. */
export function virtualizationArgs<Text>(
  section: VirtualizationSection,
  context: VirtualizationContext<Text>,
): VirtualizationArgs<Text> {
  const { storageClass, accessMode, volumeMode } = context.storage;
  const linux = section.templates.filter((template) => template.operatingSystem === "linux");
  const windows = section.templates.some((template) => template.operatingSystem === "windows");
  const { windowsAdministratorPassword: administratorPassword } = context;
  const windowsFirstBoot = administratorPassword === undefined ? { sysprepConfigMap } : { sysprepSecret };
  return {
    owner: context.owner,
    namespaces: namespaces(section),
    virtualMachineNamespaces: [...section.virtualMachineNamespaces],
    storageProfile: {
      storageClass,
      claimPropertySets: [{ accessModes: [accessMode], volumeMode }],
      cloneStrategy: context.cloneStrategy,
    },
    networks: section.networks.map(({ name, namespace, vlan }) => ({
      name,
      namespace,
      bridge: context.bridge,
      ...(vlan === null ? {} : { vlan }),
      ...(context.mtu === null ? {} : { mtu: context.mtu }),
    })),
    images: section.images.flatMap(({ name, namespace, sizeGibibytes, source }) => {
      const known = manifestSource(source);
      return known === undefined
        ? []
        : [{ name, namespace, size: `${sizeGibibytes}Gi`, source: known, storageClass, ...checksumOf(source) }];
    }),
    preferences: section.preferences.map(({ name, operatingSystem }) => ({ name, operatingSystem })),
    instanceTypes: section.instanceTypes.map((type) => ({ ...type })),
    cloudInit: linux.map((template) => ({
      name: cloudInitName(template),
      user: linuxUser,
      sshKeys: [...template.sshKeys],
      password: context.guestPassword,
    })),
    sysprep: windows
      ? {
          configMap: sysprepConfigMap,
          locale: "en-US",
          timeZone: "UTC",
          organization: "",
          ...(administratorPassword === undefined ? {} : { secret: { name: sysprepSecret, administratorPassword } }),
        }
      : null,
    templates: section.templates.map((template) => templateArgs(template, section, storageClass, windowsFirstBoot)),
    publishedPorts: section.templates.flatMap(({ name, publish }) =>
      publish === null ? [] : [{ template: name, ...publish, ports: [...publish.ports] }],
    ),
    users: section.users.map((user) => ({ ...user })),
    importTimeoutSeconds: section.importTimeoutMinutes * 60,
  };
}

/** The objects with secrets as plain text, for what is rendered and not kept. */
export function plainVirtualizationArgs(
  datacenter: Datacenter,
  section: VirtualizationSection,
  passwords: { guestPassword?: string | undefined; windowsAdministratorPassword?: string | undefined },
): VirtualizationArgs<string> {
  const { guestPassword, windowsAdministratorPassword } = passwords;
  return virtualizationArgs<string>(section, {
    ...surroundings(datacenter),
    guestPassword,
    windowsAdministratorPassword,
  });
}

/** What the objects take from the rest of the description. */
export function surroundings(
  datacenter: Datacenter,
): Pick<VirtualizationContext<string>, "owner" | "storage" | "cloneStrategy" | "bridge" | "mtu"> {
  return {
    owner: datacenter.name,
    storage: datacenter.storage,
    cloneStrategy: STORAGE_PROVIDER_TABLE[datacenter.storage.provider].cloneStrategy,
    bridge: workerBridge(datacenter),
    mtu: networkMtu(datacenter),
  };
}

/** The bridge for VMs, by the layout of the workers; all workers of a cluster share it (a preflight rule). */
function workerBridge(datacenter: Datacenter): string {
  if (datacenter.existingCluster !== null) return datacenter.existingCluster.bridge;
  const layout = workerHosts(datacenter)[0]?.layout ?? "four-nic";
  return layouts[layout].bridge?.name ?? "br0";
}

/** Without `mtu` in a NetworkAttachmentDefinition a VM's port has the kernel's MTU, however large the bridge's is. */
function networkMtu({ existingCluster, networks }: Datacenter): number | null {
  const { mtu } = networks.virtualMachines;
  return existingCluster !== null || mtu === kernelMtu ? null : mtu;
}

/** `default` is always there. */
function namespaces(section: VirtualizationSection): string[] {
  const used = [
    section.goldenImagesNamespace,
    ...section.virtualMachineNamespaces,
    ...section.networks.map(({ namespace }) => namespace),
    ...section.images.map(({ namespace }) => namespace),
    ...section.templates.flatMap(({ publish }) => publish?.namespace ?? []),
  ];
  return [...new Set(used)].filter((namespace) => namespace !== "default");
}

/** An image without a source is an error of the preflight, so that none is left here. */
function manifestSource(source: ImageSource): ManifestSource | undefined {
  switch (source.kind) {
    case "http":
      return { http: { url: source.url } };
    case "registry":
      return { registry: { url: source.url } };
    case "pvc":
      return { pvc: { namespace: source.namespace, name: source.name } };
    case "upload":
      return { upload: {} };
    case "missing":
      return undefined;
  }
}

function checksumOf(source: ImageSource): { checksum?: string } {
  return source.kind === "http" && source.checksum !== null ? { checksum: source.checksum } : {};
}

function templateArgs(
  template: VirtualMachineTemplate,
  section: VirtualizationSection,
  storageClass: string,
  windowsFirstBoot: VmTemplateArgs["firstBoot"],
): VmTemplateArgs {
  const image = section.images.find(({ name }) => name === template.image);
  const network = template.network === null ? undefined : networksNamed(section.networks, template.network)[0];
  const { instanceType, cpuCores, memoryGibibytes } = template;
  return {
    name: template.name,
    displayName: template.displayName,
    description: template.description,
    image: { name: template.image, namespace: image?.namespace ?? section.goldenImagesNamespace },
    diskSize: `${template.diskGibibytes}Gi`,
    storageClass,
    preference: template.preference,
    size: instanceType === null ? { cpuCores, memoryGibibytes } : { instanceType },
    network:
      network === undefined ? { pod: true } : { attachment: { namespace: network.namespace, name: network.name } },
    firstBoot: template.operatingSystem === "linux" ? { cloudInitSecret: cloudInitName(template) } : windowsFirstBoot,
  };
}

function cloudInitName(template: VirtualMachineTemplate): string {
  return `${template.name}-cloud-init`;
}
