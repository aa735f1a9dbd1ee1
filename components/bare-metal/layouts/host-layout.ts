import { vlanInterfaceName } from "../../../addressing/interface-name";
import type { HostInterfacesArgs } from "../../../providers/maas/host-network/host-interfaces-schema";
import type { BondParameters } from "../../../providers/maas/host-network/host-interface";
import { type Layout, type LayoutName, layouts, type NetworkRole } from "./layout-table";

/** A network as a layout needs it. */
export interface LayoutNetwork {
  role: NetworkRole;
  /** Canonical CIDR of its subnet. */
  cidr: string;
  /** VLAN ID; 0 is untagged. */
  vlan: number;
  /** MTU in bytes. */
  mtu: number;
  /** The router; null for none. */
  gateway: string | null;
  /** First part of its VLAN interface's name; null: the name that the layout gives. */
  shortName?: string | null;
}

/** What a layout is filled in with for one host. */
export interface LayoutArgs {
  layout: LayoutName;
  /** Name of the fabric; all NICs are put on its untagged VLAN. */
  fabric: string;
  networks: readonly LayoutNetwork[];
  /** Names of NICs by bond, or under `uplink`; those of the layout where it is silent. */
  nics: Readonly<Record<string, readonly string[]>>;
  /** Parameters of each bond; MTU null is the largest MTU of what is on it. */
  bond: (name: string) => Partial<BondParameters> & { mtu: number | null };
  /** Fixed addresses by network; a network that is missing is Auto assign. */
  addresses: Readonly<Partial<Record<NetworkRole, string>>>;
  /** MTU that VMs may use on the bridge. */
  virtualMachineMtu: number;
}

type Interface = HostInterfacesArgs[string];
type Link = NonNullable<Interface["links"]>[number];

/** Where a network ends up on a host: the interface with its address. */
export interface PlacedNetwork {
  network: LayoutNetwork;
  /** Name of the interface with the address. */
  interface: string;
  /** For a VLAN interface: what it is put on. */
  parent: string | undefined;
}

/** The interfaces of a host by name (RA, "Network configuration": every table of interfaces). Pure. */
export function hostLayout(args: LayoutArgs): HostInterfacesArgs {
  const layout = layouts[args.layout];
  const placed = placeNetworks(args);
  const untagged = { fabric: args.fabric, vid: 0 };
  const interfaces: HostInterfacesArgs = {};
  for (const name of Object.keys(layout.bonds)) {
    const { mtu: wanted, ...bond } = args.bond(name);
    const mtu = wanted ?? mtuOn(name, layout, placed, args);
    const parents = [...(args.nics[name] ?? layout.bonds[name] ?? [])];
    for (const nic of parents) interfaces[nic] = { type: "physical", vlan: untagged, mtu };
    interfaces[name] = { type: "bond", vlan: untagged, parents, mtu, bond, links: linksOf(name, placed, args) };
  }
  const uplink = uplinkOf(args);
  if (uplink !== undefined) {
    const mtu = mtuOn(uplink, layout, placed, args);
    interfaces[uplink] = { type: "physical", vlan: untagged, mtu, links: linksOf(uplink, placed, args) };
  }
  const { bridge } = layout;
  if (bridge !== undefined) {
    const under = interfaces[bridge.on]?.mtu ?? 1500;
    interfaces[bridge.name] = {
      type: "bridge",
      vlan: untagged,
      parents: [bridge.on],
      mtu: under,
      links: linksOf(bridge.name, placed, args),
    };
  }
  for (const { network, interface: name, parent } of placed) {
    if (parent === undefined) continue;
    const vlan = { fabric: args.fabric, vid: network.vlan };
    interfaces[name] = { type: "vlan", vlan, parents: [parent], mtu: network.mtu, links: linksOf(name, placed, args) };
  }
  return interfaces;
}

/** Which interface has the address of which network. Pure. */
export function placeNetworks(args: Pick<LayoutArgs, "layout" | "networks" | "nics">): PlacedNetwork[] {
  const layout = layouts[args.layout];
  const uplink = uplinkOf(args) ?? "";
  const real = (name: string): string => (name === "uplink" ? uplink : name);
  return args.networks.flatMap((network): PlacedNetwork[] => {
    const place = layout.places[network.role];
    if (place === undefined) return [];
    if (network.vlan === 0) return [{ network, interface: real(place.untaggedOn), parent: undefined }];
    const parent = real(place.taggedOn);
    return [
      { network, interface: vlanInterfaceName(network.shortName ?? place.namedAfter ?? parent, network.vlan), parent },
    ];
  });
}

function uplinkOf(args: Pick<LayoutArgs, "layout" | "nics">): string | undefined {
  const { uplink } = layouts[args.layout];
  return uplink === undefined ? undefined : (args.nics["uplink"]?.[0] ?? uplink);
}

/** The default gateway of a host: the router of the data network (RA), else of the first network that has one. */
function gatewayNetwork(placed: readonly PlacedNetwork[]): LayoutNetwork | undefined {
  const routed = placed.map(({ network }) => network).filter(({ gateway }) => gateway !== null);
  return routed.find(({ role }) => role === "data") ?? routed[0];
}

function linksOf(name: string, placed: readonly PlacedNetwork[], args: LayoutArgs): Link[] {
  const gateway = gatewayNetwork(placed);
  return placed
    .filter((item) => item.interface === name)
    .map(({ network }): Link => {
      const ipAddress = args.addresses[network.role];
      const defaultGateway = network === gateway;
      return ipAddress === undefined
        ? { mode: "AUTO", subnet: network.cidr, defaultGateway }
        : { mode: "STATIC", subnet: network.cidr, ipAddress, defaultGateway };
    });
}

/** The largest MTU of what is on an interface, directly or on its bridge: a bond never has less than what it carries. */
function mtuOn(name: string, layout: Layout, placed: readonly PlacedNetwork[], args: LayoutArgs): number {
  const bridged = layout.bridge?.on === name ? layout.bridge.name : undefined;
  const carried = placed
    .filter((item) => [item.parent ?? item.interface].some((under) => under === name || under === bridged))
    .map(({ network }) => network.mtu);
  return Math.max(1500, ...carried, ...(bridged === undefined ? [] : [args.virtualMachineMtu]));
}
