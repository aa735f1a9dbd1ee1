import { parseNetwork } from "../../../addressing/network";
import { allNetworks } from "../../description/all-networks";
import { nodeCount } from "../../derived/node-count";
import { nodeSlices, NODE_POD_PREFIX } from "../../sizing/pod-capacity";
import { serviceNetworkRoom } from "../../sizing/service-network-room";
import type { DescriptionRule } from "../rule";

/** RA, Solution Sizing: 63 nodes and one spare in a /18. Every node takes a slice, control planes too. */
export const podSlices: DescriptionRule = {
  code: "NET012",
  severity: "error",
  rule: "The pod network has a /24 for every node of the cluster and for the spare of a repave (64 in a /18: 63 and 1).",
  check: (datacenter) => {
    if (datacenter.cluster === null) return [];
    const { pods } = datacenter.networks;
    const slices = nodeSlices(pods);
    const nodes = nodeCount(datacenter.cluster);
    if (nodes + 1 <= slices) return [];
    const needed = NODE_POD_PREFIX - Math.ceil(Math.log2(nodes + 1));
    return [
      {
        path: "networks.pods",
        message: `${pods} has ${slices} slices of /${NODE_POD_PREFIX}, but the cluster has ${nodes} nodes and needs one more for repaves`,
        fix: `Use a /${needed} or larger, and move networks.services out of its way.`,
      },
    ];
  },
};

/** Kubernetes refuses service networks of more than 20 bits, and pod networks more than 16 bits above a node's slice. */
export const kubernetesNetworkSizes: DescriptionRule = {
  code: "NET013",
  severity: "error",
  rule: "The service network is a /12 to /28, the pod network a /8 to /24 (limits of Kubernetes).",
  check: ({ networks }) => {
    const services = parseNetwork(networks.services).prefix;
    const pods = parseNetwork(networks.pods).prefix;
    return [
      ...(services < 12 || services > 28
        ? [
            {
              path: "networks.services",
              message: `${networks.services} is not between /12 and /28, which Kubernetes takes`,
              fix: "Use a /18, as the RA does.",
            },
          ]
        : []),
      ...(pods < 8 || pods > NODE_POD_PREFIX
        ? [
            {
              path: "networks.pods",
              message: `${networks.pods} is not between /8 and /${NODE_POD_PREFIX}, which Kubernetes takes for slices of /${NODE_POD_PREFIX}`,
              fix: "Use a /18, as the RA does.",
            },
          ]
        : []),
    ];
  },
};

/** RA, Solution Sizing: if the cluster is expected to grow, select a service CIDR that is intentionally further away. */
export const roomToGrow: DescriptionRule = {
  code: "NET014",
  severity: "warning",
  rule: "A cluster that uses more than half of its pod network's slices can double the pod network without meeting another one.",
  check: (datacenter) => {
    if (datacenter.cluster === null) return [];
    const { pods, services } = datacenter.networks;
    const slices = nodeSlices(pods);
    const nodes = nodeCount(datacenter.cluster);
    if (nodes + 1 <= slices / 2 || nodes + 1 > slices) return [];
    const others = allNetworks(datacenter).filter(({ path }) => path !== "networks.pods");
    if (
      serviceNetworkRoom(
        pods,
        others.map(({ cidr }) => cidr),
      ).doublings > 0
    )
      return [];
    return [
      {
        path: "networks.services",
        message: `the pod network ${pods} is more than half used (${nodes} nodes and a spare of ${slices} slices) and cannot be doubled: another network, such as the services' ${services}, is in the way`,
        fix: "Before the cluster is made, choose a service network further away, such as 100.65.0.0/18; afterwards it cannot be changed.",
      },
    ];
  },
};
