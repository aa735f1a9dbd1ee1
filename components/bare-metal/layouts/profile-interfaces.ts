import { type LayoutArgs, placeNetworks, type PlacedNetwork } from "./host-layout";
import { layouts, type NetworkRole } from "./layout-table";

/** What the profiles have to know of a worker's layout: derived here, so that it is never typed twice. */
export interface ProfileInterfaces {
  /** Interface that MetalLB announces addresses on: the one with the data network (RA, MetalLB layer). */
  metalLbInterface: string;
  /** Portworx management traffic: the management network (RA, Portworx layer). */
  portworxManagementInterface: string;
  /** Portworx replication: the storage network when there is one, else the management network. */
  portworxDataInterface: string;
  /** `vmo-br0` where nodes have their address on the bridge itself, else `vmo-auto` (RA, Cilium layer). */
  ciliumBridgePreset: "vmo-auto" | "vmo-br0";
  /** Name of the bridge for VMs; undefined for a layout without one. */
  bridge: string | undefined;
  /** VLANs of the host on the bridge: 1 when it has an address, and those of its VLAN interfaces (RA, VMO layer). */
  vlansOnBridge: number[];
  /** VLANs that are taken from below the bridge, so that VMs on it cannot use them. */
  capturedVlans: number[];
}

/** Derives the profiles' values from a layout. Pure. */
export function profileInterfaces(args: Pick<LayoutArgs, "layout" | "networks" | "nics">): ProfileInterfaces {
  const placed = placeNetworks(args);
  const management = interfaceOf(placed, "management") ?? "";
  const { bridge } = layouts[args.layout];
  const onBridge = placed.filter((item) => (item.parent ?? item.interface) === bridge?.name);
  const hasAddress = onBridge.some(({ parent }) => parent === undefined);
  return {
    metalLbInterface: interfaceOf(placed, "data") ?? management,
    portworxManagementInterface: management,
    portworxDataInterface: interfaceOf(placed, "storage") ?? management,
    ciliumBridgePreset: bridge !== undefined && management === bridge.name ? "vmo-br0" : "vmo-auto",
    bridge: bridge?.name,
    vlansOnBridge: [
      ...(hasAddress ? [1] : []),
      ...onBridge.filter(({ parent }) => parent !== undefined).map(({ network }) => network.vlan),
    ],
    capturedVlans: placed
      .filter(({ parent }) => parent !== undefined && parent === bridge?.on)
      .map(({ network }) => network.vlan),
  };
}

function interfaceOf(placed: readonly PlacedNetwork[], role: NetworkRole): string | undefined {
  return placed.find(({ network }) => network.role === role)?.interface;
}
