import type { Call } from "../http/call";
import { param } from "../http/call";
import { forbidden, notFound } from "../http/error";
import type { Cluster } from "../model/cluster";
import type { Machine, MachinePool } from "../model/machine-pool";

/** The cluster that `{uid}` names, when it is in the request's project. */
export function clusterOf(call: Call, permission: string, uid: string = param(call, "uid")): Cluster {
  const cluster = call.palette.state.clusters.find((each) => each.uid === uid);
  if (!cluster) throw notFound("spectrocluster", uid);
  if (cluster.projectUid !== call.projectUid) throw forbidden(permission);
  return cluster;
}

/** A cluster that can still be changed: not one that is being deleted. */
export function liveClusterOf(call: Call, permission: string): Cluster {
  const cluster = clusterOf(call, permission);
  if (cluster.deletion) throw forbidden(permission);
  return cluster;
}

/** The cluster whose cloud config `{configUid}` names. */
export function clusterOfConfig(call: Call, permission: string): Cluster {
  const uid = param(call, "configUid");
  const cluster = call.palette.state.clusters.find((each) => each.cloudConfigUid === uid);
  if (!cluster) throw notFound("cloudconfig", uid);
  if (cluster.projectUid !== call.projectUid) throw forbidden(permission);
  return cluster;
}

/** The pool that `{machinePoolName}` names. */
export function poolOf(call: Call, cluster: Cluster): MachinePool {
  const name = param(call, "machinePoolName");
  const pool = cluster.pools.find((each) => each.spec.name === name && !each.deleting);
  if (!pool) throw notFound("machinepool", name);
  return pool;
}

/** The machine that `{machineUid}` names. */
export function machineOf(call: Call, cluster: Cluster): Machine {
  const uid = param(call, "machineUid");
  const pool = param(call, "machinePoolName");
  const machine = cluster.machines.find((each) => each.uid === uid && each.poolName === pool);
  if (!machine) throw notFound("machine", uid);
  return machine;
}
