import { isHostAddress } from "../../../addressing/network";
import { hostNetworks } from "../../description/all-networks";
import type { DescriptionRule } from "../rule";

/** A router outside its network cannot be reached from it. */
export const gatewayInside: DescriptionRule = {
  code: "NET003",
  severity: "error",
  rule: "A gateway is a host address of its network: inside, neither the network nor the broadcast address.",
  check: ({ networks }) =>
    hostNetworks(networks).flatMap(({ role, cidr, gateway }) =>
      gateway === null || isHostAddress(cidr, gateway)
        ? []
        : [
            {
              path: `networks.${role}.gateway`,
              message: `${gateway} is no host address of ${cidr}, so no machine in it can reach it`,
              fix: "Write the router's address in that network, or correct the network.",
            },
          ],
    ),
};

/** RA: bond_data.20 provides outbound connectivity, as it has the default gateway. */
export const defaultGatewayExists: DescriptionRule = {
  code: "NET004",
  severity: "error",
  rule: "The data network has a gateway: it is every host's default gateway.",
  check: ({ networks }) =>
    networks.data.gateway === null
      ? [
          {
            path: "networks.data.gateway",
            message: "is empty, but the data network has every host's default gateway (RA, Network configuration)",
            fix: "Write the address of the data network's router.",
          },
        ]
      : [],
};
