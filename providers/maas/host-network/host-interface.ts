/** A VLAN of MAAS by its names: vids are unique in a fabric. */
export interface VlanReference {
  /** Name of the fabric, e.g. `datacenter`. */
  readonly fabric: string;
  /** VLAN id, 0 to 4094; 0 is the fabric's untagged VLAN. */
  readonly vid: number;
}

/** Bonding modes, by the names that MAAS and the kernel use (numbers are refused by MAAS). */
export const BOND_MODES = [
  "balance-rr",
  "active-backup",
  "balance-xor",
  "broadcast",
  "802.3ad",
  "balance-tlb",
  "balance-alb",
] as const;

/** One of {@link BOND_MODES}. */
export type BondMode = (typeof BOND_MODES)[number];

/** Transmit hash policies that MAAS takes. */
export const XMIT_HASH_POLICIES = ["layer2", "layer2+3", "layer3+4", "encap2+3", "encap3+4"] as const;

/** One of {@link XMIT_HASH_POLICIES}. */
export type XmitHashPolicy = (typeof XMIT_HASH_POLICIES)[number];

/**
 * All parameters of a bond. MAAS keeps every one of them whatever the mode, and its own defaults differ from its documentation,
 * so all are always sent.
 */
export interface BondParameters {
  /** Bonding mode; under a bridge only active-backup, balance-xor and 802.3ad work (RA, Network configuration). */
  readonly mode: BondMode;
  /** How often a link is checked, in milliseconds; 0 switches the check off. */
  readonly miimon: number;
  /** Milliseconds that a link must be up before it is used; a multiple of `miimon`. */
  readonly updelay: number;
  /** Milliseconds that a link must be down before it is left; a multiple of `miimon`. */
  readonly downdelay: number;
  /** How often the switch is asked to send LACP packets: fast every second, slow every 30 s. Acts in 802.3ad only. */
  readonly lacpRate: "fast" | "slow";
  /** Which header fields choose the member a packet leaves by. Acts in balance-xor, 802.3ad and balance-tlb. */
  readonly xmitHashPolicy: XmitHashPolicy;
  /** Peer notifications after a failover. Acts in active-backup only. */
  readonly numGratArp: number;
}

/** All parameters of a bridge. */
export interface BridgeParameters {
  /** A kernel bridge or Open vSwitch. */
  readonly type: "standard" | "ovs";
  /** Whether the bridge takes part in the spanning tree protocol. */
  readonly stp: boolean;
  /** Forward delay in seconds. */
  readonly forwardDelay: number;
}

/** How an interface gets an address: MAAS's link modes. */
export type LinkMode = "AUTO" | "STATIC" | "DHCP";

/**
 * An address of an interface. "No address" is an empty list of links: MAAS shows it as one LINK_UP link or as none, after a delete
 * as none only, and both deploy alike.
 */
export interface HostLink {
  /** AUTO: MAAS gives an address of the subnet at deployment; STATIC: fixed now; DHCP: a server's answer. */
  readonly mode: LinkMode;
  /** CIDR of the subnet in canonical form; absent only for a DHCP link that names none. */
  readonly subnet?: string;
  /** The address of a STATIC link; absent: MAAS's choice, and any address of the subnet is right. */
  readonly ipAddress?: string;
  /** Whether this link's subnet gives the machine its default gateway. At most one link of a machine. */
  readonly defaultGateway: boolean;
}

/** What all interfaces have. */
interface CommonParts {
  /** The VLAN that the interface is on; absent: connected to none ("disconnected" in MAAS). */
  readonly vlan?: VlanReference;
  /** MTU in bytes, 552 or more. Absent: none of its own, so that MAAS derives one from the VLAN. */
  readonly mtu?: number;
  /** In order of subnet, mode, address. */
  readonly links: readonly HostLink[];
}

/** A physical NIC, by the name that MAAS knows it under. */
export interface PhysicalInterface extends CommonParts {
  readonly type: "physical";
  /** Whether the NIC is used at all; MAAS drops the links of a disabled one. */
  readonly enabled: boolean;
  /** In order. Absent: left as they are (MAAS sets tags like `sriov` itself). */
  readonly tags?: readonly string[];
}

/** A bond of physical NICs. */
export interface BondInterface extends CommonParts {
  readonly type: "bond";
  /** Names of the member NICs, in order of name. */
  readonly parents: readonly string[];
  readonly bond: BondParameters;
  /** In order. */
  readonly tags: readonly string[];
  /** Lower case. Absent: whichever MAAS gives it (the member's with the lowest id). */
  readonly macAddress?: string;
}

/** A bridge on one NIC, bond or VLAN interface. */
export interface BridgeInterface extends CommonParts {
  readonly type: "bridge";
  /** The name of the one interface below. */
  readonly parents: readonly string[];
  readonly bridge: BridgeParameters;
  /** In order. */
  readonly tags: readonly string[];
  /** Lower case. Absent: whichever MAAS gives it (that of the interface below). */
  readonly macAddress?: string;
}

/** A VLAN interface on one NIC, bond or bridge. Its MAC address is always that of the interface below. */
export interface VlanInterface extends CommonParts {
  readonly type: "vlan";
  /** The name of the one interface below. */
  readonly parents: readonly string[];
  /** In order. */
  readonly tags: readonly string[];
}

/** An interface that MAAS lets us create and delete. */
export type VirtualInterface = BondInterface | BridgeInterface | VlanInterface;

/** Any interface of a machine. */
export type HostInterface = PhysicalInterface | VirtualInterface;

/** The interfaces of a machine by name. */
export type HostInterfaces = Readonly<Record<string, HostInterface>>;

/** Whether two VLAN references name the same VLAN (or both none). */
export function sameVlan(a: VlanReference | undefined, b: VlanReference | undefined): boolean {
  return a?.fabric === b?.fabric && a?.vid === b?.vid;
}

/** A VLAN in words: `datacenter/10`, the fabric's untagged VLAN `datacenter/untagged`, and `none` when disconnected. */
export function formatVlan(vlan: VlanReference | undefined): string {
  if (vlan === undefined) return "none";
  return `${vlan.fabric}/${vlan.vid === 0 ? "untagged" : vlan.vid}`;
}

/** Names of the interfaces directly below one; none for a physical NIC. */
export function parentsOf(item: HostInterface): readonly string[] {
  return item.type === "physical" ? [] : item.parents;
}
