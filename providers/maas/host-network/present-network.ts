import type { BondParameters, BridgeParameters, VlanReference } from "./host-interface";

/** A link as MAAS has it. */
export interface PresentLink {
  readonly id: number;
  readonly mode: "AUTO" | "STATIC" | "DHCP" | "LINK_UP";
  /** CIDR of the subnet, when MAAS names one. */
  readonly subnet?: string;
  /** Only for STATIC links: what AUTO and DHCP links got is no configuration. */
  readonly ipAddress?: string;
}

/** An interface as MAAS has it. */
export interface PresentInterface {
  readonly id: number;
  readonly name: string;
  readonly type: "physical" | "bond" | "bridge" | "vlan";
  /** Lower case. */
  readonly macAddress: string;
  /** Absent: disconnected. */
  readonly vlan?: VlanReference;
  /** The MTU that was set on it (`params.mtu`); `effective_mtu` depends on relatives and VLAN objects and is not read. */
  readonly mtu?: number;
  readonly enabled: boolean;
  /** In order. */
  readonly tags: readonly string[];
  /** Names of the interfaces directly below, in order. */
  readonly parents: readonly string[];
  readonly bond?: BondParameters;
  readonly bridge?: BridgeParameters;
  /** In the order of their ids. */
  readonly links: readonly PresentLink[];
}

/** The network of one machine as MAAS has it, with the ids that its API needs. */
export interface PresentNetwork {
  /** By name, in the order of MAAS's answer. */
  readonly interfaces: ReadonlyMap<string, PresentInterface>;
  /** Id of the NIC that the machine boots from; absent when MAAS knows none. */
  readonly bootInterfaceId?: number;
  /** Id of the link that was explicitly made the IPv4 default gateway; absent when MAAS chooses itself. */
  readonly defaultGatewayLinkId?: number;
  /** Whether a new bridge takes over the links of the interface below: so on Allocated machines only. */
  readonly bridgeTakesLinks: boolean;
}
