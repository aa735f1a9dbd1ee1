import { parseVlanSet, vlanSetContains } from "../../../addressing/vlan-set";
import { serviceName } from "../../../components/virtualization/objects/published-ports";
import { networksNamed, type VirtualizationSection } from "../../description/virtualization";
import { LONGEST_LABEL } from "../../../model/dns-names";
import type { DescriptionRule, Hit } from "../rule";

/** A rule about objects that are made; nothing to say when there is no virtualization layer. */
function virtualizationRule(
  head: Pick<DescriptionRule, "code" | "severity" | "rule">,
  check: (virtualization: VirtualizationSection, vmVlans: string) => readonly Hit[],
): DescriptionRule {
  return {
    ...head,
    check: ({ virtualization, networks }) =>
      virtualization === null || virtualization.delivery === "none"
        ? []
        : check(virtualization, networks.virtualMachines.vlans),
  };
}

/** The bridge's VLAN filter lets only these through (RA, VMO layer: allowedVlans). */
export const networkVlansAllowed = virtualizationRule(
  {
    code: "VRT001",
    severity: "error",
    rule: "Networks for virtual machines use VLANs of networks.virtualMachines.vlans.",
  },
  ({ networks }, vmVlans) =>
    networks.flatMap(({ name, vlan }, index) =>
      vlan === null || vlanSetContains(parseVlanSet(vmVlans), vlan)
        ? []
        : [
            {
              path: `virtualization.networks[${index}]`,
              message: `"${name}" is on VLAN ${vlan}, which is none of the VM VLANs ${vmVlans}: br0 would drop its traffic`,
              fix: "Add the VLAN to networks.virtualMachines.vlans, or choose one of them.",
            },
          ],
    ),
);

/** Two objects of one name would be one. */
export const networkNamesApart = virtualizationRule(
  { code: "VRT002", severity: "error", rule: "Networks for virtual machines have different names in a namespace." },
  ({ networks }) =>
    networks.flatMap(({ name, namespace }, index) =>
      networks.findIndex((other) => other.name === name && other.namespace === namespace) === index
        ? []
        : [
            {
              path: `virtualization.networks[${index}]`,
              message: `"${namespace}/${name}" is there already`,
              fix: "Name every network once.",
            },
          ],
    ),
);

/** The RA's Windows image is an evaluation edition that nobody publishes as a bootable disk. */
export const imageSources = virtualizationRule(
  { code: "VRT003", severity: "error", rule: "Every golden image has a source." },
  ({ images }) =>
    images
      .filter(({ source }) => source.kind === "missing")
      .map(({ name, operatingSystem }) => ({
        path: `virtualization.images.${name}`,
        message:
          operatingSystem === "windows"
            ? "has no source: there is no public bootable disk of Windows Server, only an installation ISO"
            : "has no source",
        fix: `Give the url of your own image (qcow2, vmdk, vhdx, raw), or write "${name}: false" to do without.`,
      })),
);

/** Without a checksum another image behind the same address goes unnoticed. */
export const imagesPinned = virtualizationRule(
  { code: "VRT004", severity: "warning", rule: "Golden images from web servers are pinned by a checksum." },
  ({ images }) =>
    images
      .filter(({ source }) => source.kind === "http" && source.checksum === null)
      .map(({ name }) => ({
        path: `virtualization.images.${name}.checksum`,
        message: "is missing: whatever lies behind the url on the day of the import becomes the golden image",
        fix: "Add the checksum that the image's publisher names (sha256:...).",
      })),
);

/** CDI refuses a clone smaller than its source. */
export const templateDisks = virtualizationRule(
  { code: "VRT005", severity: "error", rule: "A template's disk is as large as its golden image or larger." },
  ({ images, templates }) =>
    templates.flatMap(({ name, image, diskGibibytes }): Hit[] => {
      const size = images.find((candidate) => candidate.name === image)?.sizeGibibytes ?? 0;
      return diskGibibytes >= size
        ? []
        : [
            {
              path: `virtualization.templates.${name}.diskGibibytes`,
              message: `is ${diskGibibytes}, but its golden image "${image}" has ${size} GiB: a clone cannot be smaller`,
              fix: `Write ${size} or more.`,
            },
          ];
    }),
);

/** References that nothing would resolve until a user tries. */
export const templateReferences = virtualizationRule(
  {
    code: "VRT006",
    severity: "error",
    rule: "A template's preference and network exist, and the preference is for its operating system.",
  },
  ({ networks, preferences, templates }) =>
    templates.flatMap((template): Hit[] => {
      const path = `virtualization.templates.${template.name}`;
      const preference = preferences.find(({ name }) => name === template.preference);
      const hits: Hit[] = [];
      if (preference === undefined)
        hits.push({
          path: `${path}.preference`,
          message: `there is no preference "${template.preference}": ${preferences.map(({ name }) => name).join(", ") || "none"}`,
          fix: "Name one of them, or add it to virtualization.preferences.",
        });
      else if (preference.operatingSystem !== template.operatingSystem)
        hits.push({
          path: `${path}.preference`,
          message: `"${preference.name}" is for ${preference.operatingSystem}, the golden image "${template.image}" is ${template.operatingSystem}`,
          fix: `Name a preference for ${template.operatingSystem}.`,
        });
      const meant = template.network === null ? [] : networksNamed(networks, template.network);
      if (template.network !== null && meant.length === 0)
        hits.push({
          path: `${path}.network`,
          message: `there is no network "${template.network}": ${networks.map(({ name }) => name).join(", ") || "none"}`,
          fix: 'Name one of them, or "pod".',
        });
      if (meant.length > 1)
        hits.push({
          path: `${path}.network`,
          message: `"${template.network ?? ""}" is a network of several namespaces: ${meant.map(({ namespace }) => namespace).join(", ")}`,
          fix: `Write the namespace before it: ${meant[0]?.namespace ?? ""}/${meant[0]?.name ?? ""}.`,
        });
      return hits;
    }),
);

/** RA, Network configuration: live migrations of VMs on the pod network terminate existing connections. */
export const templatesOnVlans = virtualizationRule(
  { code: "VRT007", severity: "warning", rule: "Templates put virtual machines on a VLAN, not on the pod network." },
  ({ templates }) =>
    templates
      .filter(({ network }) => network === null)
      .map(({ name }) => ({
        path: `virtualization.templates.${name}.network`,
        message:
          "is the pod network: each live migration of such a virtual machine cuts its connections (RA, Network configuration)",
        fix: "Put it on a network of virtualization.networks, or silence this warning where that does no harm.",
      })),
);

/** First words of the names of KubeVirt's common preferences, which virt-operator owns. */
const OWNED_BY_KUBEVIRT = new Set(
  "alpine centos cirros debian fedora legacy linux opensuse oraclelinux rhel sles ubuntu windows".split(" "),
);

/** KubeVirt installs preferences of its own. */
export const preferenceNames = virtualizationRule(
  { code: "VRT008", severity: "error", rule: "Preferences do not have names that KubeVirt's own preferences have." },
  ({ preferences }) =>
    preferences
      .filter(({ name }) => OWNED_BY_KUBEVIRT.has(name.split(".")[0] ?? name))
      .map(({ name }) => ({
        path: `virtualization.preferences.${name}`,
        message: "is a name that KubeVirt uses for its own preferences, and it would overwrite ours",
        fix: "Put a word of your own in front, such as vmcp-.",
      })),
);

/** Series of KubeVirt's common instance types, and the two that earlier versions had. */
const SERIES_OF_KUBEVIRT = new Set("cx1 d1 gn1 highperformance m1 n1 o1 rt1 server u1".split(" "));

/** KubeVirt installs instance types of its own. */
export const instanceTypeNames = virtualizationRule(
  { code: "VRT012", severity: "error", rule: "Instance types do not have names that KubeVirt's own have." },
  ({ instanceTypes }) =>
    instanceTypes
      .filter(({ name }) => name.includes(".") && SERIES_OF_KUBEVIRT.has(name.split(".")[0] ?? name))
      .map(({ name }) => ({
        path: `virtualization.instanceTypes.${name}`,
        message: "is a name that KubeVirt uses for its own instance types, and ours would overwrite it",
        fix: "Put a word of your own in front, such as vmit-.",
      })),
);

/** The template's name is the value of a label of each of its machines, and names the Service in front of them. */
export const templateNames = virtualizationRule(
  {
    code: "VRT013",
    severity: "error",
    rule: "A template's name has at most 63 characters, and published templates have different Services.",
  },
  ({ templates }) => [
    ...templates
      .filter(({ name }) => name.length > LONGEST_LABEL)
      .map(({ name }) => ({
        path: `virtualization.templates.${name}`,
        message: `has a name of ${name.length} characters, which its virtual machines carry as a label`,
        fix: `Shorten it to ${LONGEST_LABEL} characters.`,
      })),
    ...templates
      .filter(({ name, publish }, index) =>
        templates
          .slice(0, index)
          .some(
            (other) =>
              publish !== null &&
              other.publish?.namespace === publish.namespace &&
              serviceName(other.name) === serviceName(name),
          ),
      )
      .map(({ name }) => ({
        path: `virtualization.templates.${name}.publish`,
        message: `makes the Service "${serviceName(name)}", which another template makes in the same namespace`,
        fix: "Give the templates names that differ in more than dots and dashes.",
      })),
  ],
);

/** An image is imported once, so that a tag that moves on leaves the golden image as it is. */
export const registryImagesPinned = virtualizationRule(
  { code: "VRT014", severity: "warning", rule: "Described golden images from registries are pinned by a digest." },
  ({ images }) =>
    images.flatMap(({ name, source }) =>
      source.kind !== "registry" || source.isDefault || source.url.includes("@sha256:")
        ? []
        : [
            {
              path: `virtualization.images.${name}.url`,
              message: "names a tag, which may mean another image tomorrow: the golden image is the one of the import",
              fix: "Write the digest behind the image instead of its tag: docker://registry/image@sha256:...",
            },
          ],
    ),
);

/** A binding in a namespace without virtual machines gives nothing, and one that nobody makes fails. */
export const userNamespaces = virtualizationRule(
  { code: "VRT015", severity: "error", rule: "Users of virtual machines have roles where these run." },
  ({ users, virtualMachineNamespaces }) =>
    users.flatMap(({ namespaces }, index) => {
      const unknown = (namespaces ?? []).filter((namespace) => !virtualMachineNamespaces.includes(namespace));
      return unknown.length === 0
        ? []
        : [
            {
              path: `virtualization.users[${index}].namespaces`,
              message: `names ${unknown.join(", ")}, where no virtual machines run: they do in ${virtualMachineNamespaces.join(", ")}`,
              fix: "Correct the name, or add the namespace to virtualization.virtualMachineNamespaces.",
            },
          ];
    }),
);

/** Nobody could log in. */
export const linuxLogin: DescriptionRule = {
  code: "VRT009",
  severity: "warning",
  rule: "A Linux template has SSH keys, or the stack has a guest password.",
  check: ({ virtualization }, { secrets }) =>
    virtualization === null || virtualization.delivery === "none" || secrets.has("guestPassword")
      ? []
      : virtualization.templates
          .filter(({ operatingSystem, sshKeys }) => operatingSystem === "linux" && sshKeys.length === 0)
          .map(({ name }) => ({
            path: `virtualization.templates.${name}.sshKeys`,
            message: "is empty and there is no guest password, so nobody can log in to a machine made from it",
            fix: "Add public SSH keys, or: pulumi config set --secret vmo-metal:guestPassword",
          })),
};
