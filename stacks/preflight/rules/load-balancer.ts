import { networkBounds } from "../../../addressing/network";
import {
  addressRangeContains,
  addressRangeInside,
  addressRangesOverlap,
  formatAddressRange,
  networkRange,
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
    return networks.loadBalancer.flatMap((range, index): Hit[] => {
      const path = `networks.loadBalancer[${index}]`;
      const text = formatAddressRange(range);
      const isRouted = cluster !== null && cluster.bgp !== null;
      const touched = allNetworks(datacenter).find(({ cidr }) => addressRangesOverlap(range, networkRange(cidr)));
      if (isRouted && touched === undefined) return [];
      if (isRouted && touched !== undefined && !addressRangeInside(range, data.cidr)) {
        const message = `${text} overlaps ${touched.name} ${touched.cidr} (${touched.path})`;
        return [{ path, message, fix: `Write a block that lies in no other network, or a free one of ${data.cidr}.` }];
      }
      const fix = `Write a free block of ${data.cidr}.`;
      if (!addressRangeInside(range, data.cidr))
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
