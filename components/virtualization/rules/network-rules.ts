import { interfaceNameProblem } from "../../../addressing/interface-name";
import { at, textAt } from "./tree";

/** What a CNI configuration is checked against besides itself. */
export interface NetworkContext {
  /** The VLAN-aware bridge that every worker has; undefined: not known. */
  bridge?: string | undefined;
}

/**
 * What only shows when a VM is attached, in the `spec` of a NetworkAttachmentDefinition: the API server takes any text as `config` (plugin bridge of
 * containernetworking/plugins 1.7.1, Multus 4.1.4). Problems are `field: what is wrong`.
 */
export function networkProblems(spec: unknown, context: NetworkContext = {}): string[] {
  const text = textAt(spec, "config");
  if (text === undefined) return ["config: is missing"];
  const config = parsed(text);
  if (typeof config !== "object" || config === null) return ["config: is not a JSON object"];
  const type = textAt(config, "type");
  if (type !== "bridge") return [`config.type: is "${type ?? ""}", must be bridge: VMs are put on VLANs of a bridge`];
  return [...bridgeProblems(config, context), ...vlanProblems(config), ...pluginProblems(config)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bridgeProblems(config: unknown, context: NetworkContext): string[] {
  const bridge = textAt(config, "bridge");
  if (bridge === undefined) return ["config.bridge: is missing; the plugin would make a bridge cni0 without uplink"];
  const problem = interfaceNameProblem(bridge);
  if (problem !== undefined) return [`config.bridge: "${bridge}" ${problem}`];
  if (context.bridge === undefined || context.bridge === bridge) return [];
  return [
    `config.bridge: is "${bridge}", but the workers' bridge is ${context.bridge}; the plugin would make one without uplink, and VMs on it would reach nothing`,
  ];
}

function vlanProblems(config: unknown): string[] {
  const vlan = at(config, "vlan");
  if (vlan === undefined) {
    return at(config, "preserveDefaultVlan") === false && at(config, "vlanTrunk") === undefined
      ? ["config.preserveDefaultVlan: false has no effect without vlan or vlanTrunk"]
      : [];
  }
  const isId = typeof vlan === "number" && Number.isInteger(vlan) && vlan >= 0 && vlan <= 4094;
  return [
    ...(isId ? [] : [`config.vlan: is ${JSON.stringify(vlan)}, must be a number from 0 (none) to 4094`]),
    ...(at(config, "vlanTrunk") === undefined ? [] : ["config.vlanTrunk: cannot be given together with vlan"]),
  ];
}

function pluginProblems(config: unknown): string[] {
  return [
    ...(textAt(config, "cniVersion") === undefined ? ["config.cniVersion: is missing"] : []),
    ...(at(config, "disableContainerInterface") === true
      ? ["config.disableContainerInterface: takes away the interface that KubeVirt connects the VM to"]
      : []),
    ...(at(config, "promiscMode") === true && at(config, "hairpinMode") === true
      ? ["config.promiscMode: cannot be given together with hairpinMode"]
      : []),
  ];
}
