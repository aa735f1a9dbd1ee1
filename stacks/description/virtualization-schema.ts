import { z } from "zod";
import { machineRoles } from "../../model/machine-user";
import { lineField, linesField } from "../../model/plain-text";
import { gibibytesSchema } from "../../model/quantities";
import { sshKeyProblem } from "../../model/ssh-key";
import { imageAddressProblem, webAddressField } from "../../model/web-address";
import {
  checkedText,
  labelField,
  patternText,
  subdomainField,
  vlanSetField,
  withoutRepetition,
  referenceField,
} from "./fields";

const operatingSystem = z.enum(["linux", "windows"]);

const networkSchema = z
  .strictObject({
    name: subdomainField(
      "Name of the NetworkAttachmentDefinition; default nad-vlan-<id> or nad-vlan-untagged",
      "nad-vlan-30",
    ).optional(),
    namespace: labelField("Namespace", "default").default("default"),
    vlan: z.int().min(1).max(4094).optional().meta({ description: "VLAN id" }),
    vlans: vlanSetField("Several VLANs: one NetworkAttachmentDefinition each").optional(),
    untagged: z.literal(true).optional().meta({ description: "The untagged VLAN of the bridge" }),
  })
  .refine(
    (network) => [network.vlan, network.vlans, network.untagged].filter((value) => value !== undefined).length === 1,
    {
      error: "does not say which VLAN: give one of vlan, vlans and untagged",
    },
  )
  .refine((network) => network.vlans === undefined || network.name === undefined, {
    error: "one name cannot name several networks: leave name out, they are called nad-vlan-<id>",
  });

const imageObject = z
  .strictObject({
    operatingSystem: operatingSystem.optional().meta({ description: "linux or windows" }),
    url: webAddressField(
      imageAddressProblem,
      "Where the image is fetched from: a web server, or a container registry (docker://)",
      ["https://images.example.com/windows-2022.qcow2"],
    ).optional(),
    checksum: patternText(
      /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|sha1:[0-9a-f]{40}|md5:[0-9a-f]{32})$/,
      "is not a checksum: write sha256: and 64 hexadecimal digits",
      "Pins an image of a web server",
      ["sha256:<64 hexadecimal digits>"],
    ).optional(),
    pvc: z
      .strictObject({ namespace: labelField("Namespace", "default"), name: subdomainField("Name", "golden") })
      .optional()
      .meta({ description: "Clone of a PersistentVolumeClaim" }),
    upload: z.literal(true).optional().meta({ description: "Somebody uploads it with virtctl" }),
    sizeGibibytes: gibibytesSchema.optional().meta({ description: "Size of the volume, GiB; default 50" }),
    namespace: labelField("Namespace; default the one for golden images", "vmo-golden-images").optional(),
  })
  .refine((image) => [image.url, image.pvc, image.upload].filter((value) => value !== undefined).length <= 1, {
    error: "has several sources: give one of url, pvc and upload",
  })
  .refine((image) => image.checksum === undefined || /^https?:/.test(image.url ?? ""), {
    error:
      "has a checksum, which only an image of a web server (http, https) can have: pin a container image by its digest in the url",
  });

const publishObject = z
  .strictObject({
    ports: z.array(z.int().min(1).max(65_535)).superRefine(withoutRepetition).min(1).meta({ description: "TCP ports" }),
    access: z.enum(["external", "cluster"]).default("external").meta({
      description: "external: MetalLB gives an address in the data network; cluster: inside the cluster only",
    }),
    namespace: labelField("Namespace of the virtual machines", "virtual-machines").optional(),
  })
  .meta({ description: "A Service in front of its virtual machines; only on the pod network" });

const instanceTypeObject = z.strictObject({
  cpuCores: z.int().min(1).meta({ description: "Virtual CPUs" }),
  memoryGibibytes: gibibytesSchema.meta({ description: "Memory, GiB" }),
});

const templateObject = z
  .strictObject({
    displayName: lineField("What users see; default its name").optional(),
    description: linesField("What it is for").optional(),
    image: subdomainField("Golden image that its disk is cloned from", "dv-ubuntu-2204").optional(),
    preference: subdomainField(
      "Preference; default the one for its image's operating system",
      "vmcp-generic-linux",
    ).optional(),
    network: referenceField(
      'Network as name or namespace/name, or "pod" for the pod network; default the first network',
      ["nad-vlan-30", "virtual-machines/nad-vlan-30"],
    ).optional(),
    instanceType: subdomainField("Instance type that says its virtual CPUs and memory", "vmit-medium").optional(),
    cpuCores: z.int().min(1).optional().meta({ description: "Virtual CPUs; default 2" }),
    memoryGibibytes: gibibytesSchema.optional().meta({ description: "Memory, GiB; default 4" }),
    publish: publishObject.optional(),
    diskGibibytes: gibibytesSchema.optional().meta({ description: "Size of its disk, GiB; default that of its image" }),
    sshKeys: z
      .array(checkedText(sshKeyProblem, "Public SSH key"))
      .superRefine(withoutRepetition)
      .default([])
      .meta({ description: "Public SSH keys of the first user (Linux)" }),
  })
  .refine(
    ({ instanceType, cpuCores, memoryGibibytes }) =>
      instanceType === undefined || (cpuCores === undefined && memoryGibibytes === undefined),
    { error: "says its size twice: leave out cpuCores and memoryGibibytes, or instanceType" },
  );

/** Kubernetes takes any text for a name of users and groups; the identity provider decides what it is. */
const subjectName = (description: string, example: string) => lineField(description).meta({ examples: [example] });

const userSchema = z
  .strictObject({
    user: subjectName("User, as the identity provider names it", "alice@example.com").optional(),
    group: subjectName("Group, as the identity provider names it", "vm-operators").optional(),
    serviceAccount: patternText(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/,
      "is not a service account: write namespace/name",
      "Service account, as namespace/name",
      ["ci/deployer"],
    ).optional(),
    role: z.enum(machineRoles).meta({
      description: "admin: all, templates too; power-user: all of VMs; user: use VMs that others make; viewer: look",
    }),
    namespaces: z
      .array(labelField("Namespace", "virtual-machines"))
      .superRefine(withoutRepetition)
      .min(1)
      .optional()
      .meta({ description: "Where; default virtualMachineNamespaces" }),
    everywhere: z.literal(true).optional().meta({ description: "In the whole cluster" }),
  })
  .refine(
    ({ user, group, serviceAccount }) => [user, group, serviceAccount].filter((one) => one !== undefined).length === 1,
    { error: "names nobody, or several: write exactly one of user, group and serviceAccount" },
  )
  .refine(({ namespaces, everywhere }) => namespaces === undefined || everywhere === undefined, {
    error: "says twice where: leave out namespaces, or everywhere",
  });

const notWanted = z.literal(false).meta({ description: "false = the default one of this name is not made" });

/** The `virtualization` section as it is written. */
export const virtualizationSchema = z
  .strictObject({
    delivery: z
      .enum(["objects", "profile", "none"])
      .default("objects")
      .meta({ description: "Who makes the objects: this program, the VMO-RA-Templates profile, or nobody" }),
    goldenImagesNamespace: labelField("Namespace of golden images", "vmo-golden-images").default("vmo-golden-images"),
    virtualMachineNamespaces: z
      .array(labelField("Namespace", "virtual-machines"))
      .superRefine(withoutRepetition)
      .min(1)
      .default(["default", "virtual-machines"])
      .meta({ description: "Namespaces in which virtual machines run" }),
    networks: z
      .array(networkSchema)
      .optional()
      .meta({ description: "Networks for virtual machines; default VLAN 30 and the untagged one" }),
    images: z
      .record(subdomainField("Name of the DataVolume", "dv-ubuntu-2204"), z.union([imageObject, notWanted]))
      .default({})
      .meta({
        description:
          "Golden images by name; default dv-ubuntu-2204 and dv-windows-2022 (which needs your own image's url)",
      }),
    preferences: z
      .record(
        subdomainField("Name of the VirtualMachineClusterPreference", "vmcp-generic-linux"),
        z.union([operatingSystem, notWanted]),
      )
      .default({})
      .meta({
        description: "Preferences by name: linux or windows; default vmcp-generic-linux and vmcp-generic-windows",
      }),
    instanceTypes: z
      .record(
        subdomainField("Name of the VirtualMachineClusterInstancetype", "vmit-medium"),
        z.union([instanceTypeObject, notWanted]),
      )
      .default({})
      .meta({
        description:
          "Instance types by name; default vmit-small (2 CPUs, 4 GiB), vmit-medium (4, 8) and vmit-large (8, 16)",
      }),
    importTimeoutMinutes: z
      .int()
      .min(1)
      .max(100_000)
      .default(60)
      .meta({ description: "How long the import of one golden image may take, minutes" }),
    templates: z
      .record(subdomainField("Name of the VmTemplate", "vmtemplate-ubuntu-2204"), z.union([templateObject, notWanted]))
      .default({})
      .meta({
        description:
          "VM templates by name; default vmtemplate-ubuntu-2204 and vmtemplate-windows-2022, as far as their images exist",
      }),
    users: z
      .array(userSchema)
      .default([])
      .meta({ description: "Who may do what with virtual machines, by the VM Orchestrator's roles" }),
    plannedVirtualMachines: z
      .array(
        z.strictObject({
          count: z.int().min(1).meta({ description: "How many" }),
          cpuCores: z.int().min(1).default(2).meta({ description: "Virtual CPUs of each" }),
          memoryGibibytes: gibibytesSchema.default(4).meta({ description: "Memory of each, GiB" }),
          hotAddedDisks: z.boolean().default(false).meta({
            description: "Whether disks are hot-added to them while they run: each then takes a pod more",
          }),
        }),
      )
      .default([])
      .meta({ description: "Virtual machines that are planned for; preflight warns when they do not fit" }),
    extraPods: z
      .strictObject({
        perNode: z.int().min(0).default(0).meta({ description: "On each node, such as a backup agent" }),
        perCluster: z.int().min(0).default(0).meta({ description: "Once, such as a backup server" }),
      })
      .prefault({})
      .meta({
        description:
          "Pods of software that is added to the reference architecture's, such as backup: virtual machines cannot have them",
      }),
  })
  .prefault({})
  .meta({ description: "Virtual machine networks, golden images, preferences and templates (RA, VMO-RA-Templates)" });
