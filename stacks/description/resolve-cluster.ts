import { clusterNamePattern, clusterNameRule } from "../../providers/palette/cluster/cluster-name";
import type { z } from "zod";
import { CONTROL_PLANE_SIZES, controlPlaneSize } from "../sizing/control-plane";
import { parseCpuSet } from "../sizing/cpu-set";
import { WORKER_MINIMUM } from "../sizing/worker";
import type { ClusterSection, IdentityProvider, MachinePool, MinimumHardware, UpdateStrategy } from "./cluster";
import type { clusterSchema } from "./cluster-schema";
import type { HostGroup } from "./hosts";
import type { Problem } from "./problem";
import { STORAGE_PROVIDER_TABLE, type StorageProviderName } from "./storage-providers";

type Written = z.output<typeof clusterSchema>;
type WrittenPool = Pick<Written["workers"][number], "hostGroup" | "zones" | "minimum" | "labels" | "taints">;

/** Room for the operating system, images and logs, GB; the RA names no disk size. */
const MINIMUM_DISK_GIGABYTES = 60;

/** What the cluster takes from the rest of the description. */
export interface ClusterSurroundings {
  readonly datacenterName: string;
  readonly hostGroups: readonly HostGroup[];
  readonly zones: readonly string[];
  readonly storageProvider: StorageProviderName;
}

/**
 * Fills in what the cluster takes from others: sizes from the number of hosts, least hardware from the RA's tables, the way nodes
 * are replaced from the storage.
 */
export function resolveCluster(section: Written, around: ClusterSurroundings, problems: Problem[]): ClusterSection {
  const workerStrategy: UpdateStrategy =
    STORAGE_PROVIDER_TABLE[around.storageProvider].kind === "local disks"
      ? "RollingUpdateScaleIn"
      : "RollingUpdateScaleOut";
  const workers = section.workers.map((pool, index): MachinePool => {
    const updateStrategy = pool.updateStrategy ?? workerStrategy;
    const size = pool.size ?? defaultSize(section.workers, index, updateStrategy, around.hostGroups, problems);
    const minimum = workerMinimum(pool.minimum, section.kubelet.reservedCores);
    return { name: pool.name ?? pool.hostGroup, size, updateStrategy, minimum, ...common(pool, around) };
  });
  const workerCount = workers.reduce((sum, { size }) => sum + size, 0);
  const { name, size, updateStrategy, minimum, workloads } = section.controlPlane;
  const controlPlane: MachinePool = {
    name,
    size,
    updateStrategy: updateStrategy ?? "RollingUpdateScaleOut",
    minimum: controlPlaneMinimum(minimum, workerCount, section.namespaces),
    ...common(section.controlPlane, around),
  };
  const { numaMemoryMebibytes, ...kubelet } = section.kubelet;
  if (section.name === undefined && !clusterNamePattern.test(around.datacenterName)) {
    const message = `"${around.datacenterName}", the datacenter's name, is not a cluster name: ${clusterNameRule}. Write one here`;
    problems.push({ path: "cluster.name", message });
  }
  return {
    name: section.name ?? around.datacenterName,
    controlPlane,
    workloadsOnControlPlane: workloads,
    workers,
    namespaces: section.namespaces,
    versions: section.versions,
    profileVersions: section.profileVersions,
    identityProvider: identityProvider(section.identityProvider),
    access: section.access,
    consoleBaseAddress: section.consoleBaseAddress,
    kubelet: numaMemoryMebibytes === undefined ? kubelet : { ...kubelet, numaMemoryMebibytes },
    certificateAuthorities: section.certificateAuthorities,
    sshKeys: section.sshKeys,
    ntpServers: section.ntpServers,
    profileFiles: section.profileFiles,
    approveRepave: section.approveRepave,
    forceDelete: section.forceDelete,
    forceDeleteAfterMinutes: section.forceDeleteAfterMinutes,
    waitMinutes: section.waitMinutes,
    timezone: section.timezone,
    componentUpgrades: section.componentUpgrades,
    osPatch: section.osPatch,
    bgp: section.bgp,
    imageIngress: section.imageIngress,
  };
}

function common(pool: WrittenPool, around: ClusterSurroundings) {
  const group = around.hostGroups.find(({ name }) => name === pool.hostGroup);
  return {
    hostGroup: pool.hostGroup,
    zones: pool.zones ?? group?.zones ?? around.zones,
    labels: pool.labels,
    taints: pool.taints,
  };
}

/** All machines of the host group, but one spare where nodes are replaced by adding the new one first. */
function defaultSize(
  pools: Written["workers"],
  index: number,
  strategy: UpdateStrategy,
  groups: readonly HostGroup[],
  problems: Problem[],
): number {
  const hostGroup = pools[index]?.hostGroup;
  const sharing = pools.filter((pool) => pool.hostGroup === hostGroup);
  if (sharing.length > 1)
    problems.push({
      path: `cluster.workers[${index}].size`,
      message: `is missing: ${sharing.length} pools take machines from the host group "${hostGroup}", so each needs its size`,
    });
  const machines = groups.find(({ name }) => name === hostGroup)?.hosts.length ?? 0;
  return Math.max(1, strategy === "RollingUpdateScaleOut" ? machines - 1 : machines);
}

/** The RA's 8 cores come on top of the cores that the kubelet keeps from pods: with 0-7 kept, 8 cores would leave none. */
function workerMinimum(written: WrittenPool["minimum"], reservedCores: string): MinimumHardware {
  return {
    cpuCores: written.cpuCores ?? WORKER_MINIMUM.cpuCores + parseCpuSet(reservedCores).length,
    memoryMebibytes: mebibytes(written.memoryGigabytes) ?? WORKER_MINIMUM.memoryMebibytes,
    diskGigabytes: written.diskGigabytes ?? MINIMUM_DISK_GIGABYTES,
  };
}

/** Beyond the table its largest row is asked for; preflight says so. */
function controlPlaneMinimum(written: WrittenPool["minimum"], workers: number, namespaces: number): MinimumHardware {
  const size = controlPlaneSize(workers, namespaces) ?? CONTROL_PLANE_SIZES.at(-1);
  return {
    cpuCores: written.cpuCores ?? size?.cpuCores ?? 0,
    memoryMebibytes: mebibytes(written.memoryGigabytes) ?? size?.memoryMebibytes ?? 0,
    diskGigabytes: written.diskGigabytes ?? MINIMUM_DISK_GIGABYTES,
  };
}

function mebibytes(gigabytes: number | undefined): number | undefined {
  return gigabytes === undefined ? undefined : Math.round(gigabytes * 1024);
}

function identityProvider(written: Written["identityProvider"]): IdentityProvider {
  if (written === "palette" || written === "none") return { kind: written };
  return { kind: "oidc", ...written };
}
