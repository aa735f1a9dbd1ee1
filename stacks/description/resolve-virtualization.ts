import type { z } from "zod";
import { parseVlanSet, vlanIds, vlanSetContains } from "../../addressing/vlan-set";
import { shown } from "../../model/checked-text";
import type { MachineUser } from "../../model/machine-user";
import { macroProblem } from "../../model/plain-text";
import { defined } from "./defined";
import type { Problem } from "./problem";
import {
  type GoldenImage,
  type GuestOperatingSystem,
  type ImageSource,
  type InstanceType,
  networksNamed,
  type Preference,
  type PublishedPorts,
  type VirtualizationSection,
  type VirtualMachineNetwork,
  type VirtualMachineTemplate,
} from "./virtualization";
import type { virtualizationSchema } from "./virtualization-schema";

type Written = z.output<typeof virtualizationSchema>;
type WrittenImage = Exclude<Written["images"][string], false>;
type WrittenTemplate = Exclude<Written["templates"][string], false>;

/** RA, VMO-GoldenImages layer. The Ubuntu source is the one of Spectro Cloud's samples; Windows has no public bootable image. */
const DEFAULT_IMAGES: Readonly<Record<string, Partial<WrittenImage>>> = {
  "dv-ubuntu-2204": {
    operatingSystem: "linux",
    url: "docker://gcr.io/spectro-images-public/release/vm-dashboard/os/ubuntu-container-disk:22.04",
  },
  "dv-windows-2022": { operatingSystem: "windows" },
};

/** RA, VMO-VMPreferences layer. */
const DEFAULT_PREFERENCES: Readonly<Record<string, GuestOperatingSystem>> = {
  "vmcp-generic-linux": "linux",
  "vmcp-generic-windows": "windows",
};

/** Sizes at which a worker of the RA carries its 200 to 235 machines: 10 virtual CPUs a core, and GiB without overcommitment. */
const DEFAULT_INSTANCE_TYPES: Readonly<Record<string, Omit<InstanceType, "name">>> = {
  "vmit-small": { cpuCores: 2, memoryGibibytes: 4 },
  "vmit-medium": { cpuCores: 4, memoryGibibytes: 8 },
  "vmit-large": { cpuCores: 8, memoryGibibytes: 16 },
};

/** RA, VMO-VMTemplates layer. */
const DEFAULT_TEMPLATES: Readonly<Record<string, Partial<WrittenTemplate> & { image: string }>> = {
  "vmtemplate-ubuntu-2204": {
    displayName: "Ubuntu 22.04",
    description: "Ubuntu 22.04 from the golden image",
    image: "dv-ubuntu-2204",
  },
  "vmtemplate-windows-2022": {
    displayName: "Windows Server 2022",
    description: "Windows Server 2022 from the golden image",
    image: "dv-windows-2022",
    cpuCores: 4,
    memoryGibibytes: 8,
  },
};

/** The VLAN of the RA's sample network. */
const SAMPLE_VLAN = 30;

/** GiB of a golden image that says nothing else (Spectro Cloud's samples). */
const DEFAULT_IMAGE_GIBIBYTES = 50;

/** Merges the RA's objects with those of the description, and expands VLAN ranges to networks. */
export function resolveVirtualization(section: Written, vmVlans: string, problems: Problem[]): VirtualizationSection {
  const networks = (section.networks ?? defaultNetworks(vmVlans)).flatMap(expandNetwork);
  const images = entries(DEFAULT_IMAGES, section.images).flatMap(([name, image]) =>
    resolveImage(name, image, section.goldenImagesNamespace, problems),
  );
  const preferences = Object.entries({ ...DEFAULT_PREFERENCES, ...section.preferences }).flatMap(
    ([name, operatingSystem]): Preference[] => (operatingSystem === false ? [] : [{ name, operatingSystem }]),
  );
  const instanceTypes = Object.entries({ ...DEFAULT_INSTANCE_TYPES, ...section.instanceTypes }).flatMap(
    ([name, size]): InstanceType[] => (size === false ? [] : [{ name, ...size }]),
  );
  const made = {
    networks,
    images,
    preferences,
    instanceTypes,
    virtualMachineNamespaces: section.virtualMachineNamespaces,
  };
  const templates = entries(DEFAULT_TEMPLATES, section.templates)
    .filter(([name, { image }]) => name in section.templates || images.some((existing) => existing.name === image))
    .flatMap(([name, template]) => resolveTemplate(name, template, made, problems));
  if (section.delivery === "profile") problems.push(...macroProblems(section));
  return {
    delivery: section.delivery,
    goldenImagesNamespace: section.goldenImagesNamespace,
    virtualMachineNamespaces: section.virtualMachineNamespaces,
    networks,
    images,
    preferences,
    instanceTypes,
    importTimeoutMinutes: section.importTimeoutMinutes,
    templates,
    users: section.users.map((user) => ({
      subject: subjectOf(user),
      role: user.role,
      namespaces: user.everywhere === true ? null : (user.namespaces ?? section.virtualMachineNamespaces),
    })),
    plannedVirtualMachines: section.plannedVirtualMachines,
    extraPods: section.extraPods,
  };
}

/** Texts of templates and images become manifests of a profile, where Palette replaces macros. */
function macroProblems({ templates, images }: Written): Problem[] {
  const texts = [
    ...Object.entries(templates).flatMap(([name, template]) =>
      template === false
        ? []
        : [
            { path: `templates.${name}.displayName`, text: template.displayName },
            { path: `templates.${name}.description`, text: template.description },
            ...template.sshKeys.map((text, index) => ({ path: `templates.${name}.sshKeys[${index}]`, text })),
          ],
    ),
    ...Object.entries(images).map(([name, image]) => ({
      path: `images.${name}.url`,
      text: image === false ? undefined : image.url,
    })),
  ];
  return texts.flatMap(({ path, text = "" }) => {
    const problem = macroProblem(text);
    return problem === undefined
      ? []
      : [{ path: `virtualization.${path}`, message: `${shown(text)} ${problem}, or write delivery: objects` }];
  });
}

/** Defaults and the description's own entries under one name each; an entry that is `false` takes the default away. */
function entries<T extends object>(
  defaults: Readonly<Record<string, Partial<T>>>,
  written: Readonly<Record<string, T | false>>,
): [string, Partial<T>][] {
  const names = new Set([...Object.keys(defaults), ...Object.keys(written)]);
  return [...names].flatMap((name): [string, Partial<T>][] => {
    const own = written[name];
    return own === false ? [] : [[name, { ...defaults[name], ...(own === undefined ? {} : defined(own)) }]];
  });
}

/** VLAN 30 as in the RA (the lowest VM VLAN where 30 is none), and the untagged VLAN. */
function defaultNetworks(vmVlans: string): Written["networks"] & object {
  const set = parseVlanSet(vmVlans);
  const vlan = vlanSetContains(set, SAMPLE_VLAN) ? SAMPLE_VLAN : set[0]?.first;
  return [...(vlan === undefined ? [] : [{ vlan, namespace: "default" }]), { untagged: true, namespace: "default" }];
}

function expandNetwork(network: NonNullable<Written["networks"]>[number]): VirtualMachineNetwork[] {
  const { namespace, vlan, vlans, name } = network;
  if (vlans !== undefined)
    return vlanIds(parseVlanSet(vlans)).map((id) => ({ name: `nad-vlan-${id}`, namespace, vlan: id }));
  return [{ name: name ?? `nad-vlan-${vlan ?? "untagged"}`, namespace, vlan: vlan ?? null }];
}

function resolveImage(
  name: string,
  image: Partial<WrittenImage>,
  namespace: string,
  problems: Problem[],
): GoldenImage[] {
  if (image.operatingSystem === undefined) {
    problems.push({
      path: `virtualization.images.${name}.operatingSystem`,
      message: 'is missing: write "linux" or "windows"',
    });
    return [];
  }
  return [
    {
      name,
      namespace: image.namespace ?? namespace,
      operatingSystem: image.operatingSystem,
      source: imageSource(name, image),
      sizeGibibytes: image.sizeGibibytes ?? DEFAULT_IMAGE_GIBIBYTES,
    },
  ];
}

function imageSource(name: string, image: Partial<WrittenImage>): ImageSource {
  const { url, checksum, pvc, upload } = image;
  if (pvc !== undefined) return { kind: "pvc", ...pvc };
  if (upload === true) return { kind: "upload" };
  if (url === undefined) return { kind: "missing" };
  if (/^https?:/.test(url)) return { kind: "http", url, checksum: checksum ?? null };
  return { kind: "registry", url, isDefault: url === DEFAULT_IMAGES[name]?.url };
}

function resolveTemplate(
  name: string,
  template: Partial<WrittenTemplate>,
  made: Pick<
    VirtualizationSection,
    "networks" | "images" | "preferences" | "instanceTypes" | "virtualMachineNamespaces"
  >,
  problems: Problem[],
): VirtualMachineTemplate[] {
  const image = made.images.find((candidate) => candidate.name === template.image);
  if (template.image === undefined || image === undefined) {
    const known = made.images.map((candidate) => candidate.name).join(", ") || "none";
    const message =
      template.image === undefined
        ? `is missing: name a golden image (${known})`
        : `there is no golden image "${template.image}": known are ${known}`;
    problems.push({ path: `virtualization.templates.${name}.image`, message });
    return [];
  }
  const preference =
    template.preference ??
    made.preferences.find((candidate) => candidate.operatingSystem === image.operatingSystem)?.name;
  if (preference === undefined) {
    const message = `is missing: there is no preference for ${image.operatingSystem} to take by default`;
    problems.push({ path: `virtualization.templates.${name}.preference`, message });
    return [];
  }
  const network = template.network ?? defaultNetwork(made.networks);
  const size = templateSize(name, template, made.instanceTypes, problems);
  if (size === undefined) return [];
  return [
    {
      name,
      displayName: template.displayName ?? name,
      description: template.description ?? "",
      operatingSystem: image.operatingSystem,
      image: image.name,
      preference,
      network: network === "pod" ? null : network,
      ...size,
      publish: publishedPorts(name, template, network, made.virtualMachineNamespaces, problems),
      diskGibibytes: template.diskGibibytes ?? image.sizeGibibytes,
      sshKeys: template.sshKeys ?? [],
    },
  ];
}

/** The first network, by its name alone unless other namespaces have one of that name; the pod network where there is none. */
function defaultNetwork(networks: readonly VirtualMachineNetwork[]): string {
  const [first] = networks;
  if (first === undefined) return "pod";
  return networksNamed(networks, first.name).length > 1 ? `${first.namespace}/${first.name}` : first.name;
}

function templateSize(
  name: string,
  { instanceType, cpuCores, memoryGibibytes }: Partial<WrittenTemplate>,
  instanceTypes: readonly InstanceType[],
  problems: Problem[],
): Pick<VirtualMachineTemplate, "instanceType" | "cpuCores" | "memoryGibibytes"> | undefined {
  if (instanceType === undefined)
    return { instanceType: null, cpuCores: cpuCores ?? 2, memoryGibibytes: memoryGibibytes ?? 4 };
  const path = `virtualization.templates.${name}.instanceType`;
  const known = instanceTypes.find((candidate) => candidate.name === instanceType);
  if (known === undefined) {
    const names = instanceTypes.map((candidate) => candidate.name).join(", ") || "none";
    problems.push({ path, message: `there is no instance type "${instanceType}": known are ${names}` });
    return undefined;
  }
  return { instanceType, cpuCores: known.cpuCores, memoryGibibytes: known.memoryGibibytes };
}

/** Machines on a VLAN have addresses of their own there, so a Service has nothing to send to. */
function publishedPorts(
  name: string,
  { publish }: Partial<WrittenTemplate>,
  network: string,
  namespaces: readonly string[],
  problems: Problem[],
): PublishedPorts | null {
  if (publish === undefined) return null;
  if (network !== "pod") {
    problems.push({
      path: `virtualization.templates.${name}.publish`,
      message: `publishes ports, but its machines are on the network "${network}", where they have addresses of their own: take it out, or write network: pod`,
    });
    return null;
  }
  const namespace = publish.namespace ?? namespaces.find((candidate) => candidate !== "default") ?? "default";
  return { ports: publish.ports, access: publish.access, namespace };
}

function subjectOf({ user, group, serviceAccount }: Written["users"][number]): MachineUser["subject"] {
  if (user !== undefined) return { kind: "User", name: user };
  if (group !== undefined) return { kind: "Group", name: group };
  const [namespace = "", name = ""] = (serviceAccount ?? "").split("/");
  return { kind: "ServiceAccount", name, namespace };
}
