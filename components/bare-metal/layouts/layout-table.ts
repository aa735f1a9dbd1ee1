/** Names of the host layouts (RA, "Network configuration"). */
export type LayoutName =
  | "four-nic"
  | "two-nic"
  | "two-nic-shared-data-vlan"
  | "six-nic"
  | "node-on-bridge"
  | "control-plane"
  | "control-plane-vm";

/** The networks that a host may have an address in. */
export type NetworkRole = "provisioning" | "management" | "data" | "storage";

/** Where a network is on a host. */
export interface Place {
  /** The interface that carries it when it is untagged. */
  untaggedOn: string;
  /** The interface that its VLAN interface is put on when it is tagged. */
  taggedOn: string;
  /** First part of the VLAN interface's name where that is not `taggedOn`: `bond_data` gives `bond_data.20`. */
  namedAfter?: string;
}

/** One layout as data. */
export interface Layout {
  /** Bonds with the NICs that they have unless the description says otherwise, in the order in which they are made. */
  bonds: Readonly<Record<string, readonly string[]>>;
  /** A NIC that carries networks by itself, without a bond. */
  uplink?: string;
  /** The VLAN-aware bridge for VMs: its name and what it is put on. */
  bridge?: { name: string; on: string };
  places: Readonly<Partial<Record<NetworkRole, Place>>>;
}

const on = (name: string): Place => ({ untaggedOn: name, taggedOn: name });

/** NICs of the RA's four-NIC worker: first ports of both cards for management, second ports for data. */
const managementNics = ["enp1s0", "enp2s0"];
const dataNics = ["enp1s1", "enp2s1"];

/**
 * Every layout. The names of interfaces are the contract between hosts and profiles: management is `bond_mgmt.10` and data `bond_data.20` on
 * workers with four NICs and on control planes alike.
 */
export const layouts: Readonly<Record<LayoutName, Layout>> = {
  // RA, first table of interfaces: two bonds.
  "four-nic": {
    bonds: { bond_mgmt: managementNics, bond_data: dataNics },
    bridge: { name: "br0", on: "bond_data" },
    places: { provisioning: on("bond_mgmt"), management: on("bond_mgmt"), data: on("bond_data") },
  },
  // RA, "When limited on network interfaces", first table: VLANs 10 and 20 are taken from the bond, so VMs cannot use them.
  "two-nic": {
    bonds: { bond0: managementNics },
    bridge: { name: "br0", on: "bond0" },
    places: {
      provisioning: { untaggedOn: "br0", taggedOn: "bond0" },
      management: { untaggedOn: "br0", taggedOn: "bond0" },
      data: { untaggedOn: "br0", taggedOn: "bond0" },
    },
  },
  // RA, second table: the data VLAN sits on the bridge, so that VMs can use it too.
  "two-nic-shared-data-vlan": {
    bonds: { bond0: managementNics },
    bridge: { name: "br0", on: "bond0" },
    places: {
      provisioning: { untaggedOn: "br0", taggedOn: "bond0" },
      management: { untaggedOn: "br0", taggedOn: "bond0" },
      data: on("br0"),
    },
  },
  // RA, Portworx layer: a third bond gives storage bandwidth of its own.
  "six-nic": {
    bonds: { bond_mgmt: managementNics, bond_data: dataNics, bond_storage: ["enp1s2", "enp2s2"] },
    bridge: { name: "br0", on: "bond_data" },
    places: {
      provisioning: on("bond_mgmt"),
      management: on("bond_mgmt"),
      data: on("bond_data"),
      storage: on("bond_storage"),
    },
  },
  // RA, end of "When limited on network interfaces": nodes run on br0 itself; Cilium gets the preset "Run Cilium On Bridge (br0)".
  "node-on-bridge": {
    bonds: { bond0: managementNics },
    bridge: { name: "br0", on: "bond0" },
    places: { provisioning: on("br0"), management: on("br0"), data: on("br0") },
  },
  // No VMs run here, so there is no bridge. The data VLAN has the name that it has on workers.
  "control-plane": {
    bonds: { bond_mgmt: managementNics },
    places: {
      provisioning: on("bond_mgmt"),
      management: on("bond_mgmt"),
      data: { untaggedOn: "bond_mgmt", taggedOn: "bond_mgmt", namedAfter: "bond_data" },
    },
  },
  // A virtual machine has one NIC; its hypervisor has the bond.
  "control-plane-vm": {
    bonds: {},
    uplink: "enp1s0",
    places: {
      provisioning: on("uplink"),
      management: { untaggedOn: "uplink", taggedOn: "uplink", namedAfter: "bond_mgmt" },
      data: { untaggedOn: "uplink", taggedOn: "uplink", namedAfter: "bond_data" },
    },
  },
};
