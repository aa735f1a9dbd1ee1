import { networksOverlap, parseNetwork, resizeNetwork } from "../../addressing/network";
import { nodeSlices } from "./pod-capacity";

/** How far the pod network can grow. */
export interface ServiceNetworkRoom {
  /** The largest network with the same first address that touches none of the others; the pod network itself when there is no room. */
  readonly largestPodCidr: string;
  /** How many nodes that one has slices for. */
  readonly nodes: number;
  /** How often the pod network can be doubled: 0 = not at all (the RA's 100.64.0.0/18 next to 100.64.64.0/18). */
  readonly doublings: number;
}

/**
 * How far the pod network can grow before it meets the service network or another one (RA, Solution Sizing: a service network
 * "intentionally further away" leaves room). A pod network grows by a shorter prefix at the same first address.
 *
 * @param podCidr the pod network
 * @param others the service network and every other network that must stay reachable
 */
export function serviceNetworkRoom(podCidr: string, others: readonly string[]): ServiceNetworkRoom {
  const pods = parseNetwork(podCidr);
  let largest = pods;
  for (let prefix = pods.prefix - 1; prefix >= 1; prefix -= 1) {
    const wider = parseNetwork(resizeNetwork(pods.cidr, prefix));
    if (wider.address !== pods.address || others.some((other) => networksOverlap(wider.cidr, other))) break;
    largest = wider;
  }
  return { largestPodCidr: largest.cidr, nodes: nodeSlices(largest.cidr), doublings: pods.prefix - largest.prefix };
}
