import type { Datacenter } from "../description/datacenter";
import type { Host, HostGroup } from "../description/hosts";
import type { MachinePool } from "../description/cluster";

/** All hosts of a datacenter in the order of the description. */
export function allHosts(datacenter: Pick<Datacenter, "hostGroups">): Host[] {
  return datacenter.hostGroups.flatMap(({ hosts }) => hosts);
}

/** The host group that a machine pool takes its machines from; undefined when the description names none such. */
export function hostGroupOf(
  datacenter: Pick<Datacenter, "hostGroups">,
  pool: Pick<MachinePool, "hostGroup">,
): HostGroup | undefined {
  return datacenter.hostGroups.find(({ name }) => name === pool.hostGroup);
}

/** The hosts that workers are made of: those of every host group that a worker pool uses, each group once. */
export function workerHosts(datacenter: Pick<Datacenter, "hostGroups" | "cluster">): Host[] {
  const groups = new Set((datacenter.cluster?.workers ?? []).map(({ hostGroup }) => hostGroup));
  return datacenter.hostGroups.filter(({ name }) => groups.has(name)).flatMap(({ hosts }) => hosts);
}

/** The hosts that the control plane is made of. */
export function controlPlaneHosts(datacenter: Pick<Datacenter, "hostGroups" | "cluster">): Host[] {
  const { cluster } = datacenter;
  return cluster === null ? [] : [...(hostGroupOf(datacenter, cluster.controlPlane)?.hosts ?? [])];
}
