import { compareAddresses } from "../../../addressing/address";
import { addressRangeContains, addressRangesOverlap, formatAddressRange } from "../../../addressing/range";
import type { AddressRange } from "../../../addressing/range";
import type { IpRangeAnswer } from "../../../providers/maas/client/site-types";
import { unmark } from "../../../providers/maas/marker";
import { hostNetworks, loadBalancerIn } from "../../description/all-networks";
import type { HostNetworkSection, NetworksSection } from "../../description/networks";
import type { Hit } from "../rule";
import type { MaasFacts } from "../site-facts";
import { maasRule } from "./machines";

/** A described range with its place in the description. */
interface DescribedRange extends AddressRange {
  readonly path: string;
  readonly type: "dynamic" | "reserved";
}

/** Every range that becomes an object of MAAS: reserved, dynamic, and MetalLB's in the data network. */
function describedRanges(network: HostNetworkSection, networks: NetworksSection): DescribedRange[] {
  const at = `networks.${network.role}`;
  const dynamic = network.dynamicRanges.map(({ start, end }, index) => ({
    start,
    end,
    type: "dynamic" as const,
    path: `${at}.dynamicRanges[${index}]`,
  }));
  const reserved = network.reservedRanges.map(({ start, end }, index) => ({
    start,
    end,
    type: "reserved" as const,
    path: `${at}.reservedRanges[${index}].range`,
  }));
  const balanced = loadBalancerIn(network, networks).map((range) => ({ ...range, type: "reserved" as const }));
  return [...dynamic, ...reserved, ...balanced];
}

function rangeOf({ start_ip, end_ip }: IpRangeAnswer): AddressRange {
  return { start: start_ip, end: end_ip };
}

function isEqual(left: AddressRange, right: AddressRange): boolean {
  return compareAddresses(left.start, right.start) === 0 && compareAddresses(left.end, right.end) === 0;
}

/** MAAS refuses a range that overlaps another one, in the middle of an `up`. An equal one is adopted. */
export const rangesFree = maasRule(
  {
    code: "OBJ006",
    severity: "error",
    rule: "No described range overlaps another range that MAAS has; an equal one is adopted.",
  },
  (datacenter, { objects }) =>
    hostNetworks(datacenter.networks).flatMap((network) => {
      const others = objects.ranges.filter(
        ({ subnet, comment }) => subnet.cidr === network.cidr && unmark(comment).datacenter !== datacenter.name,
      );
      return describedRanges(network, datacenter.networks).flatMap((range) =>
        others
          .filter((other) => addressRangesOverlap(rangeOf(other), range) && !isEqual(rangeOf(other), range))
          .map((other): Hit => {
            const comment = other.comment === "" ? "" : ` ("${other.comment}")`;
            return {
              path: range.path,
              message: `${formatAddressRange(range)} overlaps the ${other.type} range ${formatAddressRange(rangeOf(other))}${comment} that MAAS has in ${network.cidr}`,
              fix: "Choose other addresses, write exactly that range to adopt it, or delete it in MAAS.",
            };
          }),
      );
    }),
);

/** MAAS refuses a dynamic range over the gateway, also one that the description does not state. */
export const dynamicBesideGateway = maasRule(
  {
    code: "OBJ007",
    severity: "error",
    rule: "No dynamic range holds the gateway that the subnet has in MAAS.",
  },
  (datacenter, maas) =>
    hostNetworks(datacenter.networks).flatMap((network) => {
      const gateway = keptGateway(network, maas);
      return describedRanges(network, datacenter.networks)
        .filter((range) => range.type === "dynamic" && gateway !== null && addressRangeContains(range, gateway))
        .map((range): Hit => ({
          path: range.path,
          message: `${formatAddressRange(range)} holds ${gateway}, the gateway that ${network.cidr} has in MAAS`,
          fix: "Leave the gateway out of the range.",
        }));
    }),
);

/** Returns the gateway that an existing subnet has and keeps, since the description does not state one. */
export function keptGateway({ cidr, described }: HostNetworkSection, { objects }: MaasFacts): string | null {
  if (described.includes("gateway")) return null;
  return objects.subnets.find((subnet) => subnet.cidr === cidr)?.gateway_ip || null;
}
