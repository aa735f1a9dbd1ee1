import { visible } from "../../text/visible";
import * as pulumi from "@pulumi/pulumi";
import type { BareMetal } from "../../components/bare-metal/bare-metal";
import type { Palette } from "../../components/palette/palette";
import type { Virtualization } from "../../components/virtualization/virtualization";
import { formatPending } from "../../providers/maas/machine-state/pending-change";
import type { ClusterAccess } from "./cluster-access";
import { clusterCapacity, type ClusterCapacity } from "../derived/cluster-capacity";
import { type LayoutVlans, vlansByLayout } from "../derived/vlan-matrix";
import type { Datacenter } from "../description/datacenter";

/** The outputs of a datacenter's stack: few, documented, secrets marked. */
export interface DatacenterOutputs {
  /** Every host: where it stands in MAAS and what waits for a repave. */
  inventory: pulumi.Output<InventoryEntry[]>;
  /** Differences that wait for a repave, one line each; empty when every host is as described. */
  pending: pulumi.Output<string[]>;
  /** Uid of the cluster in Palette; absent for metal only. */
  clusterUid?: pulumi.Output<string>;
  /** `host:port` of the Kubernetes API; absent for metal only. */
  apiEndpoint?: pulumi.Output<string | null>;
  /** Admin kubeconfig; a secret. Absent for metal only. */
  kubeconfig?: pulumi.Output<string>;
  /** Kubeconfig for users, who log in to the identity provider; a secret. Absent without a cluster of ours. */
  userKubeconfig?: pulumi.Output<string>;
  /** `namespace/name` of each network that VMs can be placed on. */
  networks?: pulumi.Output<string[]>;
  /** Names of the VM templates. */
  templates?: pulumi.Output<string[]>;
  /** How many VMs fit, and what runs out first (RA, Solution Sizing); absent for metal only. */
  capacity?: ClusterCapacity;
  /** Which VLANs VMs can use, and why not, by layout of the workers, theirs first; absent for metal only. */
  vlans?: LayoutVlans[];
  /** The stack's page (Markdown). */
  readme: pulumi.Output<string>;
}

/** One host of the inventory. */
export interface InventoryEntry {
  name: string;
  systemId: string;
  resourcePool: string;
  zone: string;
  layout: string;
  pending: string[];
}

/** The parts that a datacenter was built of; those that it does not have are absent. */
export interface DatacenterParts {
  bareMetal: BareMetal | undefined;
  palette: Palette | undefined;
  access: ClusterAccess | undefined;
  virtualization: Virtualization | undefined;
}

/** Gathers the outputs. */
export function datacenterOutputs(datacenter: Datacenter, parts: DatacenterParts): DatacenterOutputs {
  const inventory = pulumi.all(
    datacenter.hostGroups.flatMap((group) =>
      group.hosts.map((host) => {
        const made = parts.bareMetal?.hosts.get(host.name);
        return pulumi
          .all([made?.systemId ?? "", made?.pending ?? [], made?.zone ?? host.zone])
          .apply(([systemId, pending, zone]): InventoryEntry => {
            const { name, resourcePool, layout } = host;
            return { name, systemId, resourcePool, zone, layout, pending: pending.map(formatPending) };
          });
      }),
    ),
  );
  const pending = inventory.apply((hosts) =>
    hosts.flatMap((host) => host.pending.map((line) => `${host.name}: ${line}`)),
  );
  const { palette, access, virtualization } = parts;
  return {
    inventory,
    pending,
    ...(palette === undefined
      ? {}
      : {
          clusterUid: palette.cluster.id,
          apiEndpoint: palette.cluster.apiEndpoint,
          userKubeconfig: pulumi.secret(palette.userKubeconfig),
        }),
    ...(access === undefined ? {} : { kubeconfig: pulumi.secret(access.kubeconfig) }),
    ...clusterFacts(datacenter),
    ...(virtualization === undefined ? {} : { networks: virtualization.networks, templates: virtualization.templates }),
    readme: pulumi.all([inventory, pending]).apply(([hosts, waiting]) => readme(datacenter, hosts, waiting)),
  };
}

/** What follows from the description alone; nothing for metal only. */
function clusterFacts(datacenter: Datacenter): Pick<DatacenterOutputs, "capacity" | "vlans"> {
  const capacity = clusterCapacity(datacenter);
  if (capacity === null) return {};
  return { capacity, vlans: vlansByLayout(datacenter) };
}

/** The stack's page: what there is, what waits, where to go on. Pure. */
export function readme(datacenter: Datacenter, hosts: readonly InventoryEntry[], pending: readonly string[]): string {
  const { cluster, existingCluster, maas, networks } = datacenter;
  const nodes =
    cluster === null
      ? existingCluster === null
        ? "Metal only: no cluster is described."
        : "Virtualization on a cluster that exists."
      : `Cluster **${cluster.name}**: ${cluster.controlPlane.size} control plane nodes, ` +
        `${cluster.workers.map(({ size, name }) => `${size} in ${name}`).join(", ")}.`;
  return visible(
    [
      `# Datacenter ${datacenter.name}`,
      nodes,
      "",
      "| network | VLAN | CIDR | gateway |",
      "|---|---|---|---|",
      ...(maas === null ? [] : [networks.provisioning, networks.management, networks.data]).map(
        (network) => `| ${network.name} | ${network.vlan} | ${network.cidr} | ${network.gateway ?? "none"} |`,
      ),
      `| VMs | ${networks.virtualMachines.vlans} | | |`,
      "",
      ...(maas === null ? [] : hostLines(hosts, pending)),
      "Kubeconfig: `pulumi stack output kubeconfig --show-secrets`",
      "",
    ].join("\n"),
  );
}

function hostLines(hosts: readonly InventoryEntry[], pending: readonly string[]): string[] {
  return [
    "| host | system id | resource pool | zone | layout |",
    "|---|---|---|---|---|",
    ...hosts.map(
      (host) => `| ${host.name} | ${host.systemId} | ${host.resourcePool} | ${host.zone} | ${host.layout} |`,
    ),
    "",
    ...(pending.length === 0
      ? ["No change waits for a repave."]
      : ["## Waiting for a repave", ...pending.map((line) => `- ${line}`)]),
    "",
  ];
}
