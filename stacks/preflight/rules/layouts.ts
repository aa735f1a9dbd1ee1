import { layouts } from "../../../components/bare-metal/layouts/layout-table";
import { hostInterfacesSchema } from "../../../providers/maas/host-network/host-interfaces-schema";
import { allHosts, workerHosts } from "../../derived/all-hosts";
import { fillLayout, layoutArgs, namedNics } from "../../derived/layout-args";
import type { Datacenter } from "../../description/datacenter";
import type { Host } from "../../description/hosts";
import type { DescriptionRule, Hit } from "../rule";

/** Bond modes whose VLANs work over a bridge (RA, Network configuration: modes 1, 2 and 4). */
const BRIDGED_MODES = ["active-backup", "balance-xor", "802.3ad"];

/** What MAAS could never hold of a host's interfaces, or the interface name that cannot be made. */
function layoutProblems(datacenter: Datacenter, host: Host): string[] {
  const filled = fillLayout(layoutArgs(datacenter, host, namedNics(host)));
  if ("problem" in filled) return [filled.problem];
  const parsed = hostInterfacesSchema.safeParse(filled.interfaces);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
}

/** A problem of a host, without its name. */
type HostProblem = Pick<Hit, "message" | "fix">;

/** Problems of all hosts: one hit for all hosts of a group that have the same one. */
function perHost(datacenter: Datacenter, problems: (host: Host) => readonly HostProblem[]): Hit[] {
  const found = new Map<string, HostProblem & { path: string; hosts: string[] }>();
  for (const host of allHosts(datacenter))
    for (const problem of problems(host)) {
      const path = `hosts.${host.group}`;
      const key = JSON.stringify([path, problem.message]);
      const known = found.get(key) ?? { ...problem, path, hosts: [] };
      known.hosts.push(host.name);
      found.set(key, known);
    }
  return [...found.values()].map(({ path, message, fix, hosts: [first, ...others] }) => {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return { path, message: `${first}${more}: ${message}`, fix };
  });
}

/** Names of at most 15 bytes, an MTU that fits what is below, a NIC in one bond only, and so on. */
export const interfacesValid: DescriptionRule = {
  code: "HST010",
  severity: "error",
  rule: "Every host's interfaces are ones that Linux and MAAS can have: names of 15 bytes, MTUs that fit, each NIC in one bond.",
  check: (datacenter) =>
    perHost(datacenter, (host) =>
      layoutProblems(datacenter, host).map((problem) => ({
        message: `the layout ${host.layout} gives ${problem}`,
        fix: "Change the networks' VLAN or MTU, or the host's nics, bond and bonds; a name that is too long is shortened by networks.<role>.shortName.",
      })),
    ),
};

/** A bond that the layout does not have would silently not be configured. */
export const bondsKnown: DescriptionRule = {
  code: "HST011",
  severity: "error",
  rule: "nics and bonds name bonds of the host's layout.",
  check: (datacenter) =>
    perHost(datacenter, (host) => {
      const group = allHosts(datacenter).filter((other) => other.group === host.group);
      const known = (candidate: Host): string[] => [
        ...Object.keys(layouts[candidate.layout].bonds),
        ...(layouts[candidate.layout].uplink === undefined ? [] : ["uplink"]),
      ];
      const everywhere = new Set(group.flatMap(known));
      return [...new Set([...Object.keys(host.nics), ...Object.keys(host.bonds)])]
        .filter((name) => !everywhere.has(name))
        .map((name) => ({
          message: `"${name}" is no bond of the layout ${host.layout}, which has ${known(host).join(", ")}`,
          fix: "Correct the name, or choose another layout.",
        }));
    }),
};

/** RA: modes 0, 3, 5 and 6 cause broadcast storms, MAC address rewrites or poor TCP performance under a bridge. */
export const bridgedBondModes: DescriptionRule = {
  code: "HST012",
  severity: "error",
  rule: "The bond under br0 has mode 802.3ad (4), balance-xor (2) or active-backup (1).",
  check: (datacenter) =>
    perHost(datacenter, (host) => {
      const { bridge } = layouts[host.layout];
      if (bridge === undefined) return [];
      const mode = host.bonds[bridge.on]?.mode ?? host.bond.mode;
      if (BRIDGED_MODES.includes(mode)) return [];
      return [
        {
          message: `${bridge.on} has mode ${mode}, which does not carry VLANs under the bridge ${bridge.name} (RA, Network configuration)`,
          fix: "Use 802.3ad, or active-backup where the switches cannot do LACP.",
        },
      ];
    }),
};

/** A missing br0 would silently be made by the CNI plugin, without an uplink. */
export const workersHaveBridge: DescriptionRule = {
  code: "HST013",
  severity: "error",
  rule: "Workers have a layout with br0.",
  check: (datacenter) => {
    const workers = new Set(workerHosts(datacenter).map(({ group }) => group));
    return perHost(datacenter, (host) =>
      !workers.has(host.group) || layouts[host.layout].bridge !== undefined
        ? []
        : [
            {
              message: `is a worker with the layout ${host.layout}, which has no bridge for virtual machines`,
              fix: "Use a worker layout: four-nic, two-nic, two-nic-shared-data-vlan, six-nic or node-on-bridge.",
            },
          ],
    );
  },
};

/** Interface names stand in the cluster profiles once for all nodes: MetalLB, Portworx, Cilium, the bridge's VLANs. */
export const workersAlike: DescriptionRule = {
  code: "HST014",
  severity: "error",
  rule: "All workers of a cluster have the same interface names and VLANs on br0: the profiles name them once.",
  check: (datacenter) => {
    const [first, ...others] = workerHosts(datacenter);
    if (first === undefined) return [];
    const names = (host: Host): string => {
      const filled = fillLayout(layoutArgs(datacenter, host, namedNics(host)));
      return JSON.stringify("profile" in filled ? filled.profile : filled.problem);
    };
    const different = others.find((host) => names(host) !== names(first));
    return different === undefined
      ? []
      : [
          {
            path: different.path,
            message: `${different.name} (${different.layout}) has other interfaces than ${first.name} (${first.layout}), but the cluster profiles name the interfaces of MetalLB, Portworx and Cilium once for all workers`,
            fix: "Give all workers one layout, or make a second cluster for the others.",
          },
        ];
  },
};

/** The storage bond without a network, or a storage network that no host is on, is a slip. */
export const storageNetworkUsed: DescriptionRule = {
  code: "HST015",
  severity: "error",
  rule: "The six-nic layout has a storage network, and a storage network has hosts with the six-nic layout.",
  check: (datacenter) => {
    const { storage } = datacenter.networks;
    const user = allHosts(datacenter).find(({ layout }) => layouts[layout].places.storage !== undefined);
    if ((storage === null) === (user === undefined)) return [];
    return storage === null
      ? [
          {
            path: "networks.storage",
            message: `is missing: ${user?.name} has the layout ${user?.layout}, whose storage bond needs an address`,
            fix: "Describe the storage network: storage: { cidr: ... }.",
          },
        ]
      : [
          {
            path: "networks.storage",
            message: "no host has a place for it: only the six-nic layout has a storage bond",
            fix: "Give the workers the layout six-nic, or take the network out.",
          },
        ];
  },
};

/** RA: nodes that run on br0 directly. With a tagged management network they run on br0.10, which the Cilium preset does not mean. */
export const nodeOnBridgeUntagged: DescriptionRule = {
  code: "HST016",
  severity: "error",
  rule: "With the node-on-bridge layout the management network is untagged.",
  check: (datacenter) => {
    const host = allHosts(datacenter).find(({ layout }) => layout === "node-on-bridge");
    const { vlan } = datacenter.networks.management;
    return host === undefined || vlan === 0
      ? []
      : [
          {
            path: "networks.management.vlan",
            message: `is ${vlan}, so ${host.name} would have its node address on br0.${vlan} and not on br0, for which the layout node-on-bridge is made`,
            fix: "Write 0, or use the layout two-nic.",
          },
        ];
  },
};
