import {
  addressRangeContains,
  addressRangeInside,
  addressRangesOverlap,
  formatAddressRange,
  type AddressRange,
} from "../../../addressing/range";
import { hostNetworks, loadBalancerIn } from "../../description/all-networks";
import type { HostNetworkSection } from "../../description/networks";
import type { DescriptionRule, Hit } from "../rule";

interface PlacedRange extends AddressRange {
  readonly path: string;
}

function rangesOf(network: HostNetworkSection): PlacedRange[] {
  const at = `networks.${network.role}`;
  return [
    ...network.reservedRanges.map(({ start, end }, index) => ({
      start,
      end,
      path: `${at}.reservedRanges[${index}].range`,
    })),
    ...network.dynamicRanges.map((range, index) => ({ ...range, path: `${at}.dynamicRanges[${index}]` })),
  ];
}

/** MAAS refuses ranges outside their subnet. */
export const rangesInside: DescriptionRule = {
  code: "NET006",
  severity: "error",
  rule: "Reserved and dynamic ranges lie in their network and start after the network address.",
  check: ({ networks }) =>
    hostNetworks(networks).flatMap((network) =>
      rangesOf(network)
        .filter((range) => !addressRangeInside(range, network.cidr) || range.start === network.cidr.split("/")[0])
        .map((range) => ({
          path: range.path,
          message: `${formatAddressRange(range)} does not lie in ${network.cidr} (whose first address is the network's own)`,
          fix: "Write addresses of that network.",
        })),
    ),
};

/** MAAS refuses ranges that overlap, and dynamic ones over the gateway. The MetalLB block is a reserved range too. */
export const rangesApart: DescriptionRule = {
  code: "NET007",
  severity: "error",
  rule: "Reserved, dynamic and MetalLB ranges of a network do not overlap, and no dynamic range holds its gateway.",
  check: ({ networks }) =>
    hostNetworks(networks).flatMap((network): Hit[] => {
      const ranges = [...rangesOf(network), ...loadBalancerIn(network, networks)];
      const overlaps = ranges.flatMap((range, index) =>
        ranges
          .slice(0, index)
          .filter((earlier) => addressRangesOverlap(range, earlier))
          .map((earlier) => ({
            path: range.path,
            message: `${formatAddressRange(range)} overlaps ${formatAddressRange(earlier)} (${earlier.path})`,
            fix: "Move or shorten one of them: an address has one use.",
          })),
      );
      const gateways = network.dynamicRanges.flatMap((range, index) =>
        network.gateway !== null && addressRangeContains(range, network.gateway)
          ? [
              {
                path: `networks.${network.role}.dynamicRanges[${index}]`,
                message: `${formatAddressRange(range)} holds the gateway ${network.gateway}, which DHCP must not give to a machine`,
                fix: "Leave the gateway out of the range.",
              },
            ]
          : [],
      );
      return [...overlaps, ...gateways];
    }),
};

/** MAAS cannot switch DHCP on without a dynamic range and a rack controller that answers. */
export const dhcpComplete: DescriptionRule = {
  code: "NET008",
  severity: "error",
  rule: "A network with DHCP switched on has a dynamic range and names its primary rack controller.",
  check: ({ networks }) =>
    hostNetworks(networks).flatMap(({ role, dhcp, dynamicRanges }): Hit[] => {
      if (dhcp?.enabled !== true) return [];
      const missing = [
        ...(dynamicRanges.length === 0 ? [`networks.${role}.dynamicRanges`] : []),
        ...(dhcp.primaryRack === null ? [`networks.${role}.dhcp.primaryRack`] : []),
      ];
      return missing.map((path) => ({
        path,
        message: "is missing: MAAS refuses to switch DHCP on without it",
        fix: `Add it, or leave networks.${role}.dhcp out to keep what MAAS has.`,
      }));
    }),
};
