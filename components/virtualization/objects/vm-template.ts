import { type Manifest, deschedulerAnnotation, managedByLabel, templateLabel } from "./manifest";

/** A network interface of a template: on a NetworkAttachmentDefinition, or on the pod network. */
export type TemplateNetwork = { attachment: { namespace: string; name: string } } | { pod: true };

/** Name of the disk that is cloned from the golden image: a name of KubeVirt's volumes has no dots and at most 63 characters. */
const rootDisk = "rootdisk";

/** Size of a VM: the name of a VirtualMachineClusterInstancetype, or virtual CPUs and memory (GiB), which is not overcommitted. */
export type TemplateSize = { instanceType: string } | { cpuCores: number; memoryGibibytes: number };

/** What a VM made from a template starts with. */
export interface VmTemplateArgs {
  name: string;
  displayName: string;
  description: string;
  /** URL of a picture that the VM dashboard shows. */
  icon?: string;
  /** The golden image that each VM's disk is cloned from. */
  image: { name: string; namespace: string };
  /** Size of the clone as a Kubernetes quantity; at least the image's. */
  diskSize: string;
  storageClass: string;
  /** Name of a VirtualMachineClusterPreference. */
  preference: string;
  /** Its size: an instance type, or its own virtual CPUs and memory. */
  size: TemplateSize;
  network: TemplateNetwork;
  /** First-boot configuration: a Secret with cloud-init `userdata`, or a Secret or a ConfigMap with a Windows answer file. */
  firstBoot: { cloudInitSecret: string } | { sysprepSecret: string } | { sysprepConfigMap: string };
}

/**
 * A VmTemplate of Palette's VM dashboard (RA, VMO-VMTemplates layer). Every VM gets a disk of its own, cloned from the golden image; secrets
 * are referred to, never written into the template.
 */
export function vmTemplate(args: VmTemplateArgs): Manifest {
  const claim = `${args.name}-disk`;
  const network =
    "pod" in args.network
      ? { interface: { name: "default", masquerade: {} }, network: { name: "default", pod: {} } }
      : {
          interface: { name: "default", bridge: {} },
          network: {
            name: "default",
            multus: { networkName: `${args.network.attachment.namespace}/${args.network.attachment.name}` },
          },
        };
  return {
    apiVersion: "spectrocloud.com/v1",
    kind: "VmTemplate",
    metadata: { name: args.name, labels: { ...managedByLabel } },
    spec: {
      displayName: args.displayName,
      description: args.description,
      ...(args.icon === undefined ? {} : { icon: args.icon }),
      running: false,
      preference: { kind: "VirtualMachineClusterPreference", name: args.preference },
      ...("instanceType" in args.size
        ? { instancetype: { kind: "VirtualMachineClusterInstancetype", name: args.size.instanceType } }
        : {}),
      dataVolumeTemplates: [
        {
          metadata: { name: claim },
          spec: {
            source: { pvc: { name: args.image.name, namespace: args.image.namespace } },
            storage: {
              storageClassName: args.storageClass,
              resources: { requests: { storage: args.diskSize } },
            },
          },
        },
      ],
      template: {
        metadata: { labels: { [templateLabel]: args.name }, annotations: { ...deschedulerAnnotation } },
        spec: {
          domain: {
            ...domainSize(args.size),
            devices: {
              disks: [
                { name: rootDisk, disk: { bus: "virtio" }, bootOrder: 1 },
                { name: "first-boot", cdrom: { bus: "sata" } },
              ],
              interfaces: [network.interface],
            },
          },
          networks: [network.network],
          volumes: [
            { name: rootDisk, dataVolume: { name: claim } },
            { name: "first-boot", ...firstBootVolume(args.firstBoot) },
          ],
        },
      },
    },
  };
}

function domainSize(size: TemplateSize): Record<string, unknown> {
  if ("instanceType" in size) return {};
  const memory = `${size.memoryGibibytes}Gi`;
  return {
    cpu: { sockets: size.cpuCores, cores: 1, threads: 1 },
    memory: { guest: memory },
    resources: { requests: { memory } },
  };
}

function firstBootVolume(firstBoot: VmTemplateArgs["firstBoot"]): Record<string, unknown> {
  if ("cloudInitSecret" in firstBoot) return { cloudInitNoCloud: { secretRef: { name: firstBoot.cloudInitSecret } } };
  return "sysprepSecret" in firstBoot
    ? { sysprep: { secret: { name: firstBoot.sysprepSecret } } }
    : { sysprep: { configMap: { name: firstBoot.sysprepConfigMap } } };
}
