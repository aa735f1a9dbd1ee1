import { networkBounds } from "../../../addressing/network";
import {
  addressRangeContains,
  addressRangeInside,
  addressRangeTouches,
  formatAddressRange,
} from "../../../addressing/range";
import { allNetworks } from "../../description/all-networks";
import { addressPoolProblems } from "../../../components/virtualization/rules/address-pool-rules";
import type { DescriptionRule, Hit } from "../rule";

/** RA: a block of addresses in the bond_data.20 network, announced by ARP there. A BGP router learns the way to any block. */
export const loadBalancerInside: DescriptionRule = {
  code: "NET010",
  severity: "error",
  rule: "The MetalLB block lies in the data network, or with BGP in no network at all, and holds neither gateway nor network and broadcast address.",
  check: (datacenter) => {
    const { networks, cluster } = datacenter;
    const { data } = networks;
    const { first, last } = networkBounds(data.cidr);
    const isRouted = cluster !== null && cluster.bgp !== null;
    const fix = `Write a free block of ${data.cidr}.`;
    return networks.loadBalancer.flatMap((range, index): Hit[] => {
      const path = `networks.loadBalancer[${index}]`;
      const text = formatAddressRange(range);
      const isInside = addressRangeInside(range, data.cidr);
      if (!isInside && isRouted)
        return allNetworks(datacenter)
          .filter(({ cidr }) => addressRangeTouches(range, cidr))
          .slice(0, 1)
          .map(({ name, cidr, path: other }) => ({
            path,
            message: `${text} overlaps ${name} ${cidr} (${other})`,
            fix: `Write a block that lies in no other network, or a free one of ${data.cidr}.`,
          }));
      if (!isInside)
        return [
          { path, message: `${text} does not lie in the data network ${data.cidr}, where MetalLB announces it`, fix },
        ];
      return [data.gateway, first, last]
        .filter((address) => address !== null && addressRangeContains(range, address))
        .map((address) => ({
          path,
          message: `${text} holds ${address}, which MetalLB must not give to a service`,
          fix,
        }));
    });
  },
};

/** What MetalLB's webhooks would refuse only when the cluster is up, with all its machines deployed. */
export const loadBalancerAccepted: DescriptionRule = {
  code: "NET017",
  severity: "error",
  rule: "The MetalLB blocks pass MetalLB's admission rules: none overlaps another.",
  check: ({ networks }) => {
    const pool = {
      name: "first-pool",
      namespace: "metallb-system",
      addresses: networks.loadBalancer.map(formatAddressRange),
    };
    return addressPoolProblems([pool]).map((message) => ({
      path: "networks.loadBalancer",
      message,
      fix: "Write blocks that share no address.",
    }));
  },
};
