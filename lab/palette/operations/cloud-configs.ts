import { z } from "zod";
import { poolFindings } from "../clusters/checks";
import { clusterOfConfig, poolOf } from "../clusters/find";
import { cloudConfigView } from "../clusters/machine-views";
import { cloudConfigSchema, poolSchema, poolSpec } from "../clusters/payloads";
import { conditionViews } from "../clusters/views";
import { created, NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { conflict, forbidden, invalid } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { Cluster } from "../model/cluster";
import type { MachinePoolSpec } from "../model/machine-pool";
import { seededUid } from "../uid";

function live(call: Call): Cluster {
  const cluster = clusterOfConfig(call, "cloudconfig.update");
  if (cluster.deletion) throw forbidden("cloudconfig.update");
  return cluster;
}

// Checks the pools that the cluster would have.
function check(cluster: Cluster, pools: readonly MachinePoolSpec[]): void {
  const [error] = poolFindings(pools, cluster.cloudConfig.enableLxdVm === true).flatMap((finding) => finding.errors);
  if (error) throw invalid(error.code, error.message);
}

function specs(cluster: Cluster): MachinePoolSpec[] {
  return cluster.pools.filter((pool) => !pool.deleting).map((pool) => pool.spec);
}

/** The MAAS side of a cluster: its configuration and machine pools. */
export const cloudConfigRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/cloudconfigs/maas/{configUid}",
    scope: "project",
    permission: "cloudconfig.get",
    handle(call) {
      const cluster = clusterOfConfig(call, "cloudconfig.get");
      return ok(cloudConfigView(cluster, conditionViews(call.palette, cluster)));
    },
  },
  {
    verb: "PUT",
    path: "/v1/cloudconfigs/maas/{configUid}/clusterConfig",
    scope: "project",
    permission: "cloudconfig.update",
    handle(call) {
      const cluster = live(call);
      const { clusterConfig } = payload(z.object({ clusterConfig: cloudConfigSchema }), call.body);
      cluster.cloudConfig = clusterConfig;
      cluster.modifiedAt = call.palette.clock.now();
      return NO_CONTENT;
    },
  },
  {
    verb: "POST",
    path: "/v1/cloudconfigs/maas/{configUid}/machinePools",
    scope: "project",
    permission: "cloudconfig.update",
    handle(call) {
      const cluster = live(call);
      const spec = poolSpec(payload(poolSchema, call.body));
      if (cluster.pools.some((pool) => pool.spec.name === spec.name))
        throw conflict("MachinePoolAlreadyExists", `Machine pool '${spec.name}' already exists`);
      check(cluster, [...specs(cluster), spec]);
      cluster.pools.push({ spec, deleting: false, replacedAt: 0 });
      return created(seededUid("pool", cluster.uid, spec.name));
    },
  },
  {
    verb: "PUT",
    path: "/v1/cloudconfigs/maas/{configUid}/machinePools/{machinePoolName}",
    scope: "project",
    permission: "cloudconfig.update",
    handle(call) {
      const cluster = live(call);
      const pool = poolOf(call, cluster);
      const spec = poolSpec(payload(poolSchema, call.body));
      if (spec.name !== pool.spec.name)
        throw invalid("InvalidMachinePool", `Machine pool '${pool.spec.name}' cannot be renamed to '${spec.name}'`);
      if (spec.isControlPlane !== pool.spec.isControlPlane)
        throw invalid("InvalidMachinePool", `Machine pool '${spec.name}' cannot change its role`);
      check(
        cluster,
        specs(cluster).map((each) => (each.name === spec.name ? spec : each)),
      );
      // Full replacement: what is left out is gone.
      pool.spec = spec;
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/cloudconfigs/maas/{configUid}/machinePools/{machinePoolName}",
    scope: "project",
    permission: "cloudconfig.update",
    handle(call) {
      const cluster = live(call);
      const pool = poolOf(call, cluster);
      if (pool.spec.isControlPlane)
        throw invalid("InvalidMachinePool", `Machine pool '${pool.spec.name}' is the control plane and stays`);
      pool.deleting = true;
      return NO_CONTENT;
    },
  },
];
