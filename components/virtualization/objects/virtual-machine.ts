import { type Manifest, managedByLabel } from "./manifest";
import type { TemplateNetwork } from "./vm-template";

/** What a VM is made of besides its template. */
export interface VirtualMachineArgs {
  /** Becomes the guest's host name. */
  name: string;
  namespace: string;
  network: TemplateNetwork;
}

/**
 * The VirtualMachine that Palette's VM dashboard makes from a VmTemplate: the template's spec with names of disks of its own, on the chosen
 * network.
 *
 * @param template `spec` of the VmTemplate
 */
export function virtualMachineFromTemplate(template: Record<string, unknown>, args: VirtualMachineArgs): Manifest {
  const {
    displayName: _displayName,
    description: _description,
    icon: _icon,
    running,
    ...spec
  } = structuredClone(template);
  const own = (name: string): string => `${args.name}-${name}`;
  const disks = list(spec["dataVolumeTemplates"]).map((disk) => {
    const metadata = map(disk["metadata"]);
    return { ...disk, metadata: { ...metadata, name: own(String(metadata["name"])) } };
  });
  const former = map(spec["template"]);
  const machine = map(former["spec"]);
  const domain = map(machine["domain"]);
  const pod = "pod" in args.network;
  const network = pod
    ? { name: "default", pod: {} }
    : { name: "default", multus: { networkName: attachmentName(args.network) } };
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name: args.name, namespace: args.namespace, labels: { ...managedByLabel } },
    spec: {
      ...spec,
      // `running` is the VmTemplate's own field; in VirtualMachines it is deprecated (KubeVirt 1.5).
      ...("runStrategy" in spec ? {} : { runStrategy: running === true ? "Always" : "Halted" }),
      dataVolumeTemplates: disks,
      template: {
        ...former,
        spec: {
          ...machine,
          domain: {
            ...domain,
            devices: {
              ...map(domain["devices"]),
              interfaces: [pod ? { name: "default", masquerade: {} } : { name: "default", bridge: {} }],
            },
          },
          networks: [network],
          volumes: list(machine["volumes"]).map((volume) => {
            const dataVolume = map(volume["dataVolume"]);
            return "dataVolume" in volume
              ? { ...volume, dataVolume: { ...dataVolume, name: own(String(dataVolume["name"])) } }
              : volume;
          }),
        },
      },
    },
  };
}

function attachmentName(network: TemplateNetwork): string {
  return "pod" in network ? "" : `${network.attachment.namespace}/${network.attachment.name}`;
}

function map(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
