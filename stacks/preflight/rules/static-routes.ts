import { isHostAddress } from "../../../addressing/network";
import { hostNetworks } from "../../description/all-networks";
import type { DescriptionRule, Hit } from "../rule";

/** MAAS refuses a static route whose gateway is not in the source subnet. */
export const routeGateways: DescriptionRule = {
  code: "NET011",
  severity: "error",
  rule: "The gateway of a remote network is a host address of the network that the route belongs to.",
  check: ({ networks }) =>
    hostNetworks(networks).flatMap(({ role, cidr, remote }) =>
      remote.flatMap((route, index): Hit[] =>
        isHostAddress(cidr, route.gateway)
          ? []
          : [
              {
                path: `networks.${role}.remote[${index}].gateway`,
                message: `${route.gateway} is no host address of the ${role} network ${cidr}, from which ${route.cidr} is to be reached`,
                fix: "Write the router's address in that network.",
              },
            ],
      ),
    ),
};
