import { addressRangeContains } from "../../../addressing/range";
import { allHosts } from "../../derived/all-hosts";
import { isCreatedBy } from "../../derived/site-knowledge";
import { hostNetworks, loadBalancerIn } from "../../description/all-networks";
import type { HostNetworkSection, NetworksSection } from "../../description/networks";
import type { Hit } from "../rule";
import type { MaasFacts } from "../site-facts";
import { keptGateway } from "./existing-ranges";
import { maasRule } from "./machines";

/** Whether MAAS keeps an address of a network from machines: its gateway, or in a range, described or existing. */
function isKept(address: string, network: HostNetworkSection, networks: NetworksSection, maas: MaasFacts): boolean {
  const balanced = loadBalancerIn(network, networks);
  const ranges = [
    ...network.reservedRanges,
    ...network.dynamicRanges,
    ...balanced,
    ...maas.objects.ranges
      .filter(({ subnet }) => subnet.cidr === network.cidr)
      .map(({ start_ip, end_ip }) => ({ start: start_ip, end: end_ip })),
  ];
  return (
    address === network.gateway ||
    address === keptGateway(network, maas) ||
    ranges.some((range) => addressRangeContains(range, address))
  );
}

/** MAAS hands out every address of a managed subnet that it does not know to be taken, a router's too. */
export const routersKept = maasRule(
  {
    code: "OBJ008",
    severity: "warning",
    rule: "The router of a static route is an address that MAAS does not hand out: the gateway of its subnet, or in a reserved range.",
  },
  (datacenter, maas) =>
    hostNetworks(datacenter.networks).flatMap((network) =>
      network.remote.flatMap(({ gateway }, index): Hit[] =>
        isKept(gateway, network, datacenter.networks, maas)
          ? []
          : [
              {
                path: `networks.${network.role}.remote[${index}].gateway`,
                message: `${gateway} is a router, but nothing keeps MAAS from giving this address to a machine`,
                fix: `Reserve it: networks.${network.role}.reservedRanges: [{ range: ${gateway}-${gateway}, comment: router }].`,
              },
            ],
      ),
    ),
);

/** A gateway recorded in MAAS keeps its address from machines. One that is removed is reserved with it; one that is replaced is not. */
export const replacedGatewayKept = maasRule(
  {
    code: "OBJ009",
    severity: "warning",
    rule: "A gateway that another one replaces lies in a reserved range.",
  },
  (datacenter, maas) =>
    hostNetworks(datacenter.networks).flatMap((network): Hit[] => {
      const { cidr, gateway, described, managed } = network;
      const subnet = maas.objects.subnets.find((candidate) => candidate.cidr === cidr);
      const actual = subnet?.gateway_ip || null;
      if (subnet === undefined || actual === null || gateway === null || actual === gateway) return [];
      if (!described.includes("gateway") || !managed || isCreatedBy(subnet.description, datacenter.name)) return [];
      if (isKept(actual, network, datacenter.networks, maas)) return [];
      return [
        {
          path: `networks.${network.role}.gateway`,
          message: `replaces ${actual} of ${cidr}, and MAAS may then give that address to a machine`,
          fix: `If it stays a router, reserve it: networks.${network.role}.reservedRanges: [{ range: ${actual}-${actual}, comment: router }].`,
        },
      ];
    }),
);

/** Hosts have their default route in the data network, so that MAAS has to know its router. */
export const dataGatewayKnown = maasRule(
  {
    code: "OBJ010",
    severity: "error",
    rule: "The subnet of the data network has a gateway in MAAS where it exists already and the description states none.",
  },
  ({ name, networks: { data } }, { objects }): Hit[] => {
    const subnet = objects.subnets.find(({ cidr }) => cidr === data.cidr);
    if (subnet === undefined || data.described.includes("gateway") || subnet.gateway_ip) return [];
    // One that this datacenter created gets the default gateway back.
    if (isCreatedBy(subnet.description, name)) return [];
    return [
      {
        path: "networks.data.gateway",
        message: `is not written, and ${data.cidr} has no gateway in MAAS, but hosts have their default route there`,
        fix: "Write the address of its router.",
      },
    ];
  },
);

/** A host's fixed address that is the router's takes the whole network down. */
export const fixedAddressesFree = maasRule(
  {
    code: "OBJ011",
    severity: "error",
    rule: "No fixed address of a host is the gateway that its subnet has in MAAS.",
  },
  (datacenter, maas) =>
    hostNetworks(datacenter.networks).flatMap((network) => {
      const gateway = keptGateway(network, maas);
      if (gateway === null) return [];
      return allHosts(datacenter)
        .filter(({ addresses }) => addresses[network.role] === gateway)
        .map(({ path, name }): Hit => ({
          path: `${path}.addresses.${network.role}`,
          message: `${gateway} of ${name} is the gateway that ${network.cidr} has in MAAS`,
          fix: "Give the host another address.",
        }));
    }),
);

/** Hosts get every route of their subnet: two to one destination lead over whichever the kernel takes first. */
export const routesAgree = maasRule(
  {
    code: "OBJ012",
    severity: "error",
    rule: "No static route that MAAS has leads from a described network to the same destination over another router with the same metric.",
  },
  (datacenter, { objects }) =>
    hostNetworks(datacenter.networks).flatMap(({ role, cidr, remote }) =>
      remote.flatMap((route, index) =>
        objects.staticRoutes
          .filter(
            ({ source, destination, gateway_ip, metric }) =>
              source.cidr === cidr &&
              destination.cidr === route.cidr &&
              gateway_ip !== route.gateway &&
              metric === route.metric,
          )
          // A route of this description whose router changes is the same object with another value.
          .filter(
            ({ gateway_ip }) => !remote.some((other) => other.cidr === route.cidr && other.gateway === gateway_ip),
          )
          .map(({ gateway_ip }): Hit => ({
            path: `networks.${role}.remote[${index}].gateway`,
            message: `leads to ${route.cidr} over ${route.gateway}, but MAAS has a route from ${cidr} to it over ${gateway_ip} with the same metric ${route.metric}`,
            fix: `Write ${gateway_ip}, give the route another metric, or delete the other one in MAAS.`,
          })),
      ),
    ),
);
