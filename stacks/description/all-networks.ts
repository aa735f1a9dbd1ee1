import { type AddressRange, addressRangeTouches } from "../../addressing/range";
import type { Datacenter } from "./datacenter";
import type { HostNetworkSection, NetworksSection } from "./networks";

/** A network of any kind with the place where it is described. */
export interface NamedNetwork {
  /** What operators call it. */
  readonly name: string;
  /** Where its CIDR is, below `vmo-metal:datacenter`. */
  readonly path: string;
  /** Canonical. */
  readonly cidr: string;
}

/** The networks that hosts have addresses in, in the order of the RA's table. */
export function hostNetworks(networks: NetworksSection): HostNetworkSection[] {
  const { provisioning, management, data, storage } = networks;
  return [provisioning, management, data, ...(storage === null ? [] : [storage])];
}

/** Every network of a datacenter: those of hosts, remote ones, pods and services. */
export function allNetworks(datacenter: Pick<Datacenter, "networks">): NamedNetwork[] {
  const { networks } = datacenter;
  const ofHosts = hostNetworks(networks);
  return [
    ...ofHosts.map(({ role, cidr }) => ({ name: `the ${role} network`, path: `networks.${role}.cidr`, cidr })),
    ...ofHosts.flatMap(({ role, remote }) =>
      remote.map(({ cidr }, index) => ({
        name: `the remote network ${cidr}`,
        path: `networks.${role}.remote[${index}].cidr`,
        cidr,
      })),
    ),
    { name: "the pod network", path: "networks.pods", cidr: networks.pods },
    { name: "the service network", path: "networks.services", cidr: networks.services },
  ];
}

/**
 * Returns the MetalLB blocks that lie in a network of hosts, with their places in `networks.loadBalancer`. Blocks are in the data network where MetalLB
 * announces by ARP; behind a BGP router they may lie in no network of hosts at all.
 */
export function loadBalancerIn(
  network: Pick<HostNetworkSection, "role" | "cidr">,
  { loadBalancer }: Pick<NetworksSection, "loadBalancer">,
): readonly (AddressRange & { readonly path: string })[] {
  return network.role !== "data"
    ? []
    : loadBalancer
        .map((range, index) => ({ ...range, path: `networks.loadBalancer[${index}]` }))
        .filter((range) => addressRangeTouches(range, network.cidr));
}
