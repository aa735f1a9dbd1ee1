import { yamlText } from "../../../profiles/render/yaml-text";
import { type Manifest, managedByLabel } from "./manifest";

/** A network that VMs can be placed on. */
export interface NetworkAttachmentArgs {
  /** Name that users see; VMs refer to it as `namespace/name`. */
  name: string;
  namespace: string;
  /** VLAN ID 1 to 4094; absent: the untagged VLAN of the bridge. */
  vlan?: number;
  /** The VLAN-aware bridge of the worker nodes. Must be a bridge (RA, "Network configuration"). */
  bridge: string;
  /** MTU of the VM's port, bytes; absent: the kernel's 1500. Not above the bridge's. */
  mtu?: number;
}

/**
 * A NetworkAttachmentDefinition as text. The order of lines is part of the contract: the RA tells operators to edit line 4 and 10 (name),
 * 12 (bridge) and 13 (VLAN ID), "VMO-Networking layer".
 *
 * With a VLAN, `preserveDefaultVlan` is switched off, so that the port loses VLAN 1 and no untagged frame leaks into the VM.
 */
export function networkAttachmentDefinitionText(args: NetworkAttachmentArgs): string {
  return yamlText(definition(args));
}

/** The same object as data, with the label of our objects, which the text has no line for. */
export function networkAttachmentDefinition(args: NetworkAttachmentArgs): Manifest {
  const { metadata, ...rest } = definition(args);
  return { ...rest, metadata: { ...metadata, labels: { ...managedByLabel } } };
}

function definition({ name, namespace, vlan, bridge, mtu }: NetworkAttachmentArgs): Manifest {
  const fields = Object.entries({
    cniVersion: "0.3.1",
    name,
    type: "bridge",
    bridge,
    ...(vlan === undefined ? {} : { vlan, preserveDefaultVlan: false }),
    ...(mtu === undefined ? {} : { mtu }),
    ipam: {},
  });
  const lines = fields.map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  return {
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { name, namespace },
    spec: { config: `{\n${lines.join(",\n")}\n}` },
  };
}
