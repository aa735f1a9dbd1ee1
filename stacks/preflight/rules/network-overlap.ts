import { networksOverlap } from "../../../addressing/network";
import { allNetworks } from "../../description/all-networks";
import type { DescriptionRule, Hit } from "../rule";

/** Addresses that no datacenter network may have. */
const SPECIAL_NETWORKS = [
  { cidr: "0.0.0.0/8", use: "this host" },
  { cidr: "127.0.0.0/8", use: "loopback" },
  { cidr: "169.254.0.0/16", use: "link-local" },
  { cidr: "224.0.0.0/3", use: "multicast and reserved" },
] as const;

/** Two networks that share addresses cannot both be reached. A remote default route (0.0.0.0/0) is found here too. */
export const networkOverlap: DescriptionRule = {
  code: "NET001",
  severity: "error",
  rule: "No two networks overlap: those of hosts, remote ones, pods and services.",
  check: (datacenter) => {
    const networks = allNetworks(datacenter);
    return networks.flatMap((network, index) =>
      networks.slice(0, index).flatMap((earlier): Hit[] =>
        networksOverlap(network.cidr, earlier.cidr)
          ? [
              {
                path: network.path,
                message: `${network.name} ${network.cidr} overlaps ${earlier.name} ${earlier.cidr} (${earlier.path}); what lies in both can be reached in one of them only`,
                fix: "Give one of them other addresses.",
              },
            ]
          : [],
      ),
    );
  },
};

/** Loopback, link-local, multicast and the like. */
export const specialNetworks: DescriptionRule = {
  code: "NET002",
  severity: "error",
  rule: "No network lies in addresses with a meaning of their own (loopback, link-local, multicast, reserved).",
  check: (datacenter) =>
    allNetworks(datacenter).flatMap(({ name, path, cidr }) =>
      SPECIAL_NETWORKS.filter((special) => networksOverlap(special.cidr, cidr)).map((special) => ({
        path,
        message: `${name} ${cidr} touches ${special.cidr}, which is for ${special.use}`,
        fix: "Choose private addresses (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10).",
      })),
    ),
};
