import { hostGroupOf } from "../../derived/all-hosts";
import { machinePools } from "../../derived/machine-pools";
import { workerCount } from "../../derived/node-count";
import { STORAGE_PROVIDER_TABLE } from "../../description/storage-providers";
import { MINIMUM_WORKERS, RECOMMENDED_WORKERS } from "../../sizing/worker";
import type { DescriptionRule, Hit } from "../rule";

/** A pool without hosts would wait for machines forever. */
export const hostGroupsExist: DescriptionRule = {
  code: "CLU001",
  severity: "error",
  rule: "Every machine pool names a host group of `hosts`.",
  check: (datacenter) =>
    datacenter.cluster === null
      ? []
      : machinePools(datacenter.cluster)
          .filter(({ pool }) => hostGroupOf(datacenter, pool) === undefined)
          .map(({ pool, path }) => ({
            path: `${path}.hostGroup`,
            message: `there is no host group "${pool.hostGroup}": hosts has ${datacenter.hostGroups.map(({ name }) => name).join(", ") || "none"}`,
            fix: "Add the group to hosts, or name one that is there.",
          })),
};

/** RA: three control planes and more; Palette and etcd want 3 or 5. */
export const controlPlaneSize: DescriptionRule = {
  code: "CLU002",
  severity: "error",
  rule: "The control plane has 3 or 5 nodes.",
  check: ({ cluster }) =>
    cluster === null || cluster.controlPlane.size === 3 || cluster.controlPlane.size === 5
      ? []
      : [
          {
            path: "cluster.controlPlane.size",
            message: `is ${cluster.controlPlane.size}: three nodes are the least of which one may fail (RA, Hardware resources), and Palette takes 3 or 5`,
            fix: "Write 3, or 5 for large clusters.",
          },
        ],
};

/** RA: Portworx needs three for a quorum, and one must be able to go. */
export const enoughWorkers: DescriptionRule = {
  code: "CLU003",
  severity: "error",
  rule: "The cluster has 4 workers or more.",
  check: ({ cluster }) => {
    const workers = cluster === null ? MINIMUM_WORKERS : workerCount(cluster);
    return workers >= MINIMUM_WORKERS
      ? []
      : [
          {
            path: "cluster.workers",
            message: `the cluster has ${workers} workers: storage needs three for a quorum, and one must be able to go offline (RA, Hardware resources)`,
            fix: `Describe more hosts: ${MINIMUM_WORKERS} workers and a spare, better ${RECOMMENDED_WORKERS} and a spare.`,
          },
        ];
  },
};

/** RA: a minimum worker pool of 5 nodes is recommended. */
export const recommendedWorkers: DescriptionRule = {
  code: "CLU004",
  severity: "warning",
  rule: "The cluster has 5 workers or more.",
  check: ({ cluster }) => {
    if (cluster === null) return [];
    const workers = workerCount(cluster);
    return workers >= RECOMMENDED_WORKERS || workers < MINIMUM_WORKERS
      ? []
      : [
          {
            path: "cluster.workers",
            message: `the cluster has ${workers} workers; the RA recommends ${RECOMMENDED_WORKERS}`,
            fix: "Add a host, or silence this warning with the reason.",
          },
        ];
  },
};

/** Machines that Palette could never get. Pools of one host group are counted together. */
export const enoughHosts: DescriptionRule = {
  code: "CLU005",
  severity: "error",
  rule: "A host group has as many hosts as the machine pools that use it have nodes.",
  check: (datacenter) =>
    demands(datacenter).flatMap(({ group, hosts, nodes, path }): Hit[] =>
      nodes <= hosts
        ? []
        : [
            {
              path,
              message: `asks for ${nodes} machines of the host group "${group}", which has ${hosts}${outOfServiceText(datacenter, group)}`,
              fix: "Describe more hosts, or ask for fewer nodes.",
            },
          ],
    ),
};

/** RA, Solution Sizing: one node is kept in spare. Scale-out adds the new node before the old one goes. */
export const spareHost: DescriptionRule = {
  code: "CLU006",
  severity: "warning",
  rule: "A host group whose nodes are replaced by scale-out has one spare host.",
  check: (datacenter) =>
    demands(datacenter).flatMap(({ group, hosts, nodes, path, scaleOut }): Hit[] =>
      !scaleOut || nodes !== hosts
        ? []
        : [
            {
              path,
              message: `takes all ${hosts} hosts of "${group}": a repave (upgrade) first adds a node and would wait for a machine forever`,
              fix: "Describe one host more than there are nodes, as a spare that stays Ready.",
            },
          ],
    ),
};

/** The RA's article on reliable distributed storage: fixed machines, disks kept; a new machine would have to rebuild the data. */
export const strategyFitsStorage: DescriptionRule = {
  code: "CLU007",
  severity: "error",
  rule: "Workers with storage on their local disks are replaced by scale-in, on the machine that they have.",
  check: ({ cluster, storage }) => {
    const provider = STORAGE_PROVIDER_TABLE[storage.provider];
    if (cluster === null || provider.kind !== "local disks") return [];
    return cluster.workers.flatMap(({ updateStrategy }, index) =>
      updateStrategy === "RollingUpdateScaleIn"
        ? []
        : [
            {
              path: `cluster.workers[${index}].updateStrategy`,
              message: `is RollingUpdateScaleOut, but ${provider.title} keeps its data on the workers' own disks: each repave would rebuild a node's data elsewhere`,
              fix: "Leave it out: the default for this storage is RollingUpdateScaleIn.",
            },
          ],
    );
  },
};

/** Two pools of one name would be one pool in Palette. */
export const poolNamesApart: DescriptionRule = {
  code: "CLU008",
  severity: "error",
  rule: "Machine pools have different names.",
  check: ({ cluster }) => {
    if (cluster === null) return [];
    const pools = machinePools(cluster);
    return pools.flatMap(({ pool, path }, index): Hit[] =>
      pools.findIndex((other) => other.pool.name === pool.name) === index
        ? []
        : [
            {
              path: `${path}.name`,
              message: `"${pool.name}" is the name of another pool already`,
              fix: "Give it a name of its own.",
            },
          ],
    );
  },
};

/** Hosts out of service do not count; a message that counts the others says so. */
function outOfServiceText(datacenter: Parameters<DescriptionRule["check"]>[0], group: string): string {
  const hosts = datacenter.hostGroups.find(({ name }) => name === group)?.hosts ?? [];
  const out = hosts.filter(({ outOfService }) => outOfService).map(({ name }) => name);
  return out.length === 0 ? "" : ` without those out of service (${out.join(", ")})`;
}

interface Demand {
  readonly group: string;
  readonly hosts: number;
  readonly nodes: number;
  readonly scaleOut: boolean;
  /** The last pool that takes from the group. */
  readonly path: string;
}

function demands(datacenter: Parameters<DescriptionRule["check"]>[0]): Demand[] {
  if (datacenter.cluster === null) return [];
  const pools = machinePools(datacenter.cluster);
  return datacenter.hostGroups.flatMap((group): Demand[] => {
    const own = pools.filter(({ pool }) => pool.hostGroup === group.name);
    const last = own.at(-1);
    if (last === undefined) return [];
    return [
      {
        group: group.name,
        hosts: group.hosts.filter(({ outOfService }) => !outOfService).length,
        nodes: own.reduce((sum, { pool }) => sum + pool.size, 0),
        scaleOut: own.some(({ pool }) => pool.updateStrategy === "RollingUpdateScaleOut"),
        path: `${last.path}.size`,
      },
    ];
  });
}
