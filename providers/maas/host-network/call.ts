import type { BondParameters, BridgeParameters, LinkMode, VlanReference } from "./host-interface";

/** `POST nodes/{system_id}/interfaces/?op=create_bond` */
export interface CreateBond {
  readonly operation: "create_bond";
  readonly name: string;
  /** Names of the member NICs. */
  readonly parents: readonly string[];
  readonly bond: BondParameters;
  readonly mtu?: number;
  readonly macAddress?: string;
  readonly tags: readonly string[];
}

/** `POST nodes/{system_id}/interfaces/?op=create_bridge` */
export interface CreateBridge {
  readonly operation: "create_bridge";
  readonly name: string;
  readonly parent: string;
  readonly bridge: BridgeParameters;
  readonly mtu?: number;
  readonly macAddress?: string;
  readonly tags: readonly string[];
}

/** `POST nodes/{system_id}/interfaces/?op=create_vlan` */
export interface CreateVlan {
  readonly operation: "create_vlan";
  readonly name: string;
  readonly parent: string;
  readonly vlan: VlanReference;
  readonly mtu?: number;
  readonly tags: readonly string[];
}

/** What an update changes; absent fields keep their value. */
export interface InterfaceFields {
  readonly name?: string;
  /** Bond: all members. Bridge and VLAN interface: the one interface below. */
  readonly parents?: readonly string[];
  /** Drops the links of the interface. `null` disconnects it. */
  readonly vlan?: VlanReference | null;
  /** `null` removes the MTU of its own. */
  readonly mtu?: number | null;
  readonly bond?: BondParameters;
  readonly bridge?: BridgeParameters;
  readonly macAddress?: string;
  readonly enabled?: boolean;
}

/** `PUT nodes/{system_id}/interfaces/{id}/` */
export interface UpdateInterface {
  readonly operation: "update";
  /** The name before the call. */
  readonly interface: string;
  /** The kind of the interface: parents are sent differently for VLAN interfaces. */
  readonly type: "physical" | "bond" | "bridge" | "vlan";
  readonly fields: InterfaceFields;
  /** All tags that the interface shall have: a PUT without them loses all but the last. */
  readonly tags: readonly string[];
}

/** `DELETE nodes/{system_id}/interfaces/{id}/`; takes every bridge and VLAN interface above it along. Never a physical NIC. */
export interface DeleteInterface {
  readonly operation: "delete";
  readonly interface: string;
}

/** `POST nodes/{system_id}/interfaces/{id}/?op=link_subnet` */
export interface LinkSubnet {
  readonly operation: "link_subnet";
  readonly interface: string;
  readonly mode: LinkMode;
  readonly subnet?: string;
  readonly ipAddress?: string;
  readonly defaultGateway: boolean;
  /** The VLAN that the subnet is on: the interface must be on it, or disconnected (then the link connects it). */
  readonly vlan?: VlanReference;
}

/** `POST nodes/{system_id}/interfaces/{id}/?op=link_subnet` with mode LINK_UP and force: takes all links off in one call. */
export interface RemoveAllLinks {
  readonly operation: "remove_all_links";
  readonly interface: string;
}

/** `POST nodes/{system_id}/interfaces/{id}/?op=unlink_subnet` */
export interface UnlinkSubnet {
  readonly operation: "unlink_subnet";
  readonly interface: string;
  readonly linkId: number;
  /** What the link is, for the reader. */
  readonly mode: LinkMode;
  readonly subnet?: string;
}

/** `POST nodes/{system_id}/interfaces/{id}/?op=set_default_gateway` */
export interface SetDefaultGateway {
  readonly operation: "set_default_gateway";
  readonly interface: string;
  readonly linkId: number;
  /** The link's subnet, for the reader. */
  readonly subnet?: string;
}

/** `POST machines/{system_id}/?op=clear_default_gateways` */
export interface ClearDefaultGateways {
  readonly operation: "clear_default_gateways";
}

/**
 * One call of the MAAS API on the network of a machine. Interfaces are named by the name that they have at that moment, so that a
 * call can speak of what an earlier one makes; ids of links are those of the network that was planned from.
 *
 * `restore_networking_configuration` is left out on purpose: it touches every NIC, links the boot NIC to the subnet that
 * commissioning saw, and makes NICs again that someone deleted.
 */
export type Call =
  | CreateBond
  | CreateBridge
  | CreateVlan
  | UpdateInterface
  | DeleteInterface
  | LinkSubnet
  | RemoveAllLinks
  | UnlinkSubnet
  | SetDefaultGateway
  | ClearDefaultGateways;
