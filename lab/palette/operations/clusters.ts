import { accountOf } from "../accounts";
import { checkClusterName, createCluster } from "../clusters/create";
import { clusterFindings } from "../clusters/checks";
import { clusterOf, liveClusterOf } from "../clusters/find";
import { attachListSchema, clusterSchema } from "../clusters/payloads";
import { clusterView, hasStatus } from "../clusters/views";
import { created, NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { flag } from "../http/call";
import { forbidden, invalid } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { packMeta } from "../profiles/find";
import { metadataSchema } from "../profiles/payloads";
import { findingsView } from "../profiles/validate";
import { recordEvent } from "../recorder";

/** Seconds of life in `Deleting` before a deletion may be forced. */
const FORCE_DELETE_AFTER = 15 * 60;

/** The project of a request whose route demands one. */
function projectOf(call: Call, permission: string): string {
  if (call.projectUid === undefined) throw forbidden(permission);
  return call.projectUid;
}

/** MAAS clusters as objects. */
export const clusterRoutes: Route[] = [
  {
    verb: "POST",
    path: "/v1/spectroclusters/maas",
    scope: "project",
    permission: "cluster.create",
    handle(call) {
      const input = payload(clusterSchema, call.body);
      const account = accountOf(call, input.spec.cloudAccountUid);
      return created(createCluster(call.palette, projectOf(call, "cluster.create"), account, input).uid);
    },
  },
  {
    verb: "POST",
    path: "/v1/spectroclusters/maas/validate",
    scope: "project",
    permission: "cluster.create",
    handle(call) {
      const input = payload(clusterSchema, call.body);
      const { pools, profiles } = clusterFindings(call.palette, projectOf(call, "cluster.create"), input);
      return ok({
        machinePools: findingsView(pools),
        profiles: profiles.map(({ uid, packs }) => ({ uid, packs: findingsView(packs) })),
      });
    },
  },
  {
    verb: "POST",
    path: "/v1/spectroclusters/maas/rate",
    scope: "project",
    permission: "cluster.create",
    handle(call) {
      const schema = clusterSchema.shape.spec.pick({ cloudConfig: true, machinepoolconfig: true });
      const { machinepoolconfig } = payload(schema, call.body);
      // Own hardware has no price.
      return ok({
        name: "",
        machinePools: machinepoolconfig.map(({ poolConfig }) => ({
          name: poolConfig.name,
          nodesCount: poolConfig.size,
          rate: { compute: { rate: 0, type: "" }, storage: null, total: 0 },
        })),
        rate: { compute: 0, storage: 0, total: 0 },
        resourceMetadata: { instanceTypes: null, storageTypes: null },
      });
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/validate/name",
    scope: "project",
    permission: "cluster.create",
    handle(call) {
      checkClusterName(call.palette, projectOf(call, "cluster.create"), call.query.get("name") ?? "");
      return NO_CONTENT;
    },
  },
  {
    verb: "POST",
    path: "/v1/spectroclusters/validate/packs",
    scope: "project",
    permission: "cluster.create",
    handle(call) {
      const { profiles: inputs } = payload(attachListSchema, call.body);
      const findings = clusterFindings(call.palette, projectOf(call, "cluster.create"), {
        metadata: { name: "check", labels: {}, annotations: {} },
        spec: {
          cloudAccountUid: "",
          cloudConfig: { domain: "" },
          profiles: inputs,
          machinepoolconfig: [],
          clusterConfig: {},
          clusterType: "PureManage",
        },
      });
      return ok({
        machinePools: findingsView([]),
        profiles: findings.profiles.map(({ uid, packs }) => ({ uid, packs: findingsView(packs) })),
      });
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}",
    scope: "project",
    permission: "cluster.get",
    handle: (call) =>
      ok(
        clusterView(call.palette, clusterOf(call, "cluster.get"), {
          profileType: call.query.get("profileType"),
          resolved: flag(call, "resolvePackValues"),
          ...packMeta(call),
        }),
      ),
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/status",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      return ok({ status: hasStatus(call.palette, cluster) ? { state: cluster.state } : null });
    },
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/metadata",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      const { metadata } = payload(metadataSchema, call.body);
      if (metadata.name && metadata.name !== cluster.name) {
        checkClusterName(call.palette, cluster.projectUid, metadata.name);
        cluster.name = metadata.name;
      }
      // Labels and annotations are replaced as a whole.
      if (metadata.labels) cluster.labels = metadata.labels;
      if (metadata.annotations) {
        const locked = cluster.annotations["spectroComponentsUpgradeForbidden"];
        cluster.annotations = {
          ...metadata.annotations,
          ...(locked !== undefined && { spectroComponentsUpgradeForbidden: locked }),
        };
      }
      cluster.modifiedAt = call.palette.clock.now();
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/spectroclusters/{uid}",
    scope: "project",
    permission: "cluster.delete",
    handle(call) {
      const cluster = clusterOf(call, "cluster.delete");
      const { clock } = call.palette;
      const force = flag(call, "forceDelete");
      if (force && cluster.state !== "Deleted" && !isOverdue(cluster.deletion?.requestedAt, call))
        throw invalid(
          "ForceDeleteNotAllowed",
          `Cluster '${cluster.name}' can be deleted by force only after 15 minutes in the state Deleting`,
        );
      if (!cluster.deletion) {
        cluster.deletion = { requestedAt: clock.now(), forced: false };
        cluster.state = "Deleting";
        cluster.stateSince = clock.now();
        recordEvent(call.palette, cluster, { reason: "ClusterDeleting", message: "The cluster is being deleted" });
      }
      if (force) cluster.deletion.forced = true;
      return NO_CONTENT;
    },
  },
];

function isOverdue(requestedAt: number | undefined, call: Call): boolean {
  return requestedAt !== undefined && call.palette.clock.passed(requestedAt, FORCE_DELETE_AFTER);
}
