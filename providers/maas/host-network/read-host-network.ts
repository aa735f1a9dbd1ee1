import type { BondParameters, BridgeParameters, VlanReference } from "./host-interface";
import { BOND_MODES, XMIT_HASH_POLICIES } from "./host-interface";
import type { PresentInterface, PresentLink, PresentNetwork } from "./present-network";

/** The part of a VLAN object of MAAS that is read. */
export interface VlanAnswer {
  readonly fabric: string;
  readonly vid: number;
}

/** The part of a link's subnet that is read: machines get its gateway, DNS servers and MTU when they are deployed. */
export interface LinkedSubnetAnswer {
  readonly cidr: string;
  readonly gateway_ip?: string | null;
  readonly dns_servers?: readonly string[] | null;
  readonly vlan?: { readonly fabric?: string; readonly vid?: number; readonly mtu?: number } | null;
}

/** The part of a link of MAAS that is read. */
export interface LinkAnswer {
  readonly id: number;
  /** Lower case in answers. */
  readonly mode: string;
  readonly subnet?: LinkedSubnetAnswer | null;
  readonly ip_address?: string | null;
}

/** The part of an interface of MAAS that is read. */
export interface InterfaceAnswer {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly mac_address: string | null;
  readonly vlan: VlanAnswer | null;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly parents: readonly string[];
  /** `{}` or `""` when none was ever set. */
  readonly params: Readonly<Record<string, unknown>> | "" | null;
  readonly links: readonly LinkAnswer[];
}

/** The part of a machine of MAAS (`GET machines/{system_id}/` or an entry of `GET machines/`) that is read. */
export interface MachineNetworkAnswer {
  readonly status_name: string;
  readonly interface_set: readonly InterfaceAnswer[];
  readonly boot_interface: { readonly id: number } | null;
  readonly default_gateways: { readonly ipv4: { readonly link_id: number | null } };
}

/** Reads the network out of a machine's answer. */
export function readHostNetwork(machine: MachineNetworkAnswer): PresentNetwork {
  const gateway = machine.default_gateways.ipv4.link_id;
  return {
    interfaces: new Map(machine.interface_set.map((answer) => [answer.name, readInterface(answer)])),
    ...(machine.boot_interface === null ? {} : { bootInterfaceId: machine.boot_interface.id }),
    ...(gateway === null ? {} : { defaultGatewayLinkId: gateway }),
    bridgeTakesLinks: machine.status_name === "Allocated",
  };
}

/** Reads one interface out of a machine's answer or the answer of an operation on the interface. */
export function readInterface(answer: InterfaceAnswer): PresentInterface {
  const type = interfaceType(answer);
  const parameters = answer.params === "" || answer.params === null ? {} : answer.params;
  const vlan = readVlan(answer.vlan);
  return {
    id: answer.id,
    name: answer.name,
    type,
    macAddress: (answer.mac_address ?? "").toLowerCase(),
    ...(vlan === undefined ? {} : { vlan }),
    ...(typeof parameters.mtu === "number" ? { mtu: parameters.mtu } : {}),
    enabled: answer.enabled,
    tags: [...answer.tags].sort(),
    parents: [...answer.parents].sort(),
    ...(type === "bond" ? { bond: readBond(parameters) } : {}),
    ...(type === "bridge" ? { bridge: readBridge(parameters) } : {}),
    links: answer.links.map(readLink).sort((a, b) => a.id - b.id),
  };
}

function interfaceType(answer: InterfaceAnswer): PresentInterface["type"] {
  const { type } = answer;
  if (type === "physical" || type === "bond" || type === "bridge" || type === "vlan") return type;
  throw new Error(
    `MAAS answered interface ${answer.name} with the type "${type}", but only physical, bond, bridge and vlan are known on machines.`,
  );
}

function readVlan(answer: VlanAnswer | null): VlanReference | undefined {
  return answer === null ? undefined : { fabric: answer.fabric, vid: answer.vid };
}

function readLink(answer: LinkAnswer): PresentLink {
  const mode = linkMode(answer);
  const subnet = answer.subnet?.cidr;
  return {
    id: answer.id,
    mode,
    ...(subnet === undefined || mode === "LINK_UP" ? {} : { subnet }),
    ...(mode === "STATIC" && answer.ip_address ? { ipAddress: answer.ip_address } : {}),
  };
}

function linkMode(answer: LinkAnswer): PresentLink["mode"] {
  const mode = answer.mode.toUpperCase();
  if (mode === "AUTO" || mode === "STATIC" || mode === "DHCP" || mode === "LINK_UP") return mode;
  throw new Error(
    `MAAS answered link ${answer.id} with the mode "${answer.mode}", but only auto, static, dhcp and link_up are known.`,
  );
}

/** Parameters that MAAS leaves out are read as its defaults (measured: it never leaves any out). */
function readBond(parameters: Readonly<Record<string, unknown>>): BondParameters {
  return {
    mode: oneOf(BOND_MODES, parameters.bond_mode, "balance-rr"),
    miimon: numberOr(parameters.bond_miimon, 100),
    updelay: numberOr(parameters.bond_updelay, 0),
    downdelay: numberOr(parameters.bond_downdelay, 0),
    lacpRate: oneOf(["fast", "slow"] as const, parameters.bond_lacp_rate, "fast"),
    xmitHashPolicy: oneOf(XMIT_HASH_POLICIES, parameters.bond_xmit_hash_policy, "layer2"),
    numGratArp: numberOr(parameters.bond_num_grat_arp, 1),
  };
}

function readBridge(parameters: Readonly<Record<string, unknown>>): BridgeParameters {
  return {
    type: oneOf(["standard", "ovs"] as const, parameters.bridge_type, "standard"),
    stp: parameters.bridge_stp === true,
    forwardDelay: numberOr(parameters.bridge_fd, 15),
  };
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown, fallback: Value): Value {
  return values.find((candidate) => candidate === value) ?? fallback;
}
