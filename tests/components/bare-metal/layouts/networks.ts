import type { LayoutArgs, LayoutNetwork } from "../../../../components/bare-metal/layouts/host-layout";
import type { LayoutName } from "../../../../components/bare-metal/layouts/layout-table";

/** The networks of the reference architecture's table "Network configuration". */
export const RA_NETWORKS: Record<"provisioning" | "management" | "data" | "storage", LayoutNetwork> = {
  provisioning: { role: "provisioning", cidr: "192.168.0.0/22", vlan: 0, mtu: 1500, gateway: null },
  management: { role: "management", cidr: "172.16.0.0/22", vlan: 10, mtu: 1500, gateway: null },
  data: { role: "data", cidr: "10.20.0.0/16", vlan: 20, mtu: 1500, gateway: "10.20.30.1" },
  storage: { role: "storage", cidr: "10.130.0.0/24", vlan: 30, mtu: 9000, gateway: null },
};

/** A layout with the RA's networks and nothing overridden. */
export function raLayout(layout: LayoutName, overrides: Partial<LayoutArgs> = {}): LayoutArgs {
  const { storage, ...others } = RA_NETWORKS;
  return {
    layout,
    fabric: "datacenter",
    networks: [...Object.values(others), ...(layout === "six-nic" ? [storage] : [])],
    nics: {},
    bond: () => ({ mtu: null }),
    addresses: {},
    virtualMachineMtu: 1500,
    ...overrides,
  };
}

/** The RA's alternative of a tagged network for PXE: VLAN 5. */
export function taggedPxe(layout: LayoutName): LayoutArgs {
  const args = raLayout(layout);
  return {
    ...args,
    networks: args.networks.map((item) => (item.role === "provisioning" ? { ...item, vlan: 5 } : item)),
  };
}
