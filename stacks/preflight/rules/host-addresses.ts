import { hostCount, isHostAddress } from "../../../addressing/network";
import { addressRangeContains, addressRangeSize, formatAddressRange } from "../../../addressing/range";
import { allHosts } from "../../derived/all-hosts";
import { hostNetworks, loadBalancerIn } from "../../description/all-networks";
import type { DescriptionRule, Hit } from "../rule";

/** MAAS answers 404 "IP address is already in use" to a fixed address that something else has. */
export const fixedAddresses: DescriptionRule = {
  code: "HST001",
  severity: "error",
  rule: "A fixed address is a free host address of its network: not the gateway, in no range, and given to one host only.",
  check: (datacenter) =>
    hostNetworks(datacenter.networks).flatMap((network): Hit[] => {
      const ranges = [
        ...network.reservedRanges,
        ...network.dynamicRanges,
        ...loadBalancerIn(network, datacenter.networks),
      ];
      const taken = new Map<string, string>(network.gateway === null ? [] : [[network.gateway, "the gateway"]]);
      return allHosts(datacenter).flatMap((host): Hit[] => {
        const address = host.addresses[network.role];
        if (address === undefined) return [];
        const range = ranges.find((candidate) => addressRangeContains(candidate, address));
        const owner = taken.get(address);
        taken.set(address, host.name);
        const reason = !isHostAddress(network.cidr, address)
          ? `is no host address of ${network.cidr}`
          : range !== undefined
            ? `lies in the range ${formatAddressRange(range)}`
            : owner !== undefined
              ? `is already used by ${owner}`
              : undefined;
        if (reason === undefined) return [];
        return [
          {
            path: `${host.path}.addresses.${network.role}`,
            message: `${address} of ${host.name} ${reason}`,
            fix: `Give a free address of ${network.cidr}, or none to let MAAS choose (Auto assign).`,
          },
        ];
      });
    }),
};

/** A subnet that runs out of addresses fails a deployment long after the preview. */
export const enoughAddresses: DescriptionRule = {
  code: "HST002",
  severity: "error",
  rule: "Each network of hosts has more free addresses than there are hosts.",
  check: (datacenter) => {
    const hosts = allHosts(datacenter).length;
    return hostNetworks(datacenter.networks).flatMap((network): Hit[] => {
      const ranges = [
        ...network.reservedRanges,
        ...network.dynamicRanges,
        ...loadBalancerIn(network, datacenter.networks),
      ];
      const used = ranges.reduce((sum, range) => sum + addressRangeSize(range), 0) + (network.gateway === null ? 0 : 1);
      const free = Math.max(0, hostCount(network.cidr) - used);
      if (free >= hosts) return [];
      return [
        {
          path: `networks.${network.role}.cidr`,
          message: `${network.cidr} has ${free} addresses beside its gateway and ranges, but there are ${hosts} hosts`,
          fix: "Use a larger network, or smaller ranges.",
        },
      ];
    });
  },
};
