import { clusterOf, liveClusterOf } from "../clusters/find";
import { patchedSet } from "../clusters/change-profiles";
import { clusterSummaryView } from "../clusters/dashboard-views";
import { attachListSchema } from "../clusters/payloads";
import { repaveReasonViews } from "../clusters/profile-views";
import { repaveReasons } from "../clusters/repave";
import { nodeLayersOf, resolvedLayers } from "../clusters/resolve";
import { spcApplyView } from "../clusters/views";
import { apiTime } from "../clock";
import { ACCEPTED, NO_CONTENT, ok } from "../http/answer";
import { invalid, notFound } from "../http/error";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { metadataOf } from "../metadata";

/** Repaves: their forecast, state and approval; and applying what was downloaded. */
export const clusterRepaveRoutes: Route[] = [
  {
    verb: "POST",
    path: "/v1/spectroclusters/{uid}/validate/repave",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const { palette } = call;
      const cluster = clusterOf(call, "cluster.get");
      const { profiles } = payload(attachListSchema, call.body);
      // A sent profile takes the place of the attached one of its uid, its predecessor or its name.
      const inputs = profiles.map((input) => {
        const name = palette.state.profiles.find((profile) => profile.uid === input.uid)?.name;
        const former =
          cluster.profiles.find((attached) => attached.uid === input.uid) ??
          cluster.profiles.find((attached) => attached.name === name);
        return { ...input, replaceWithProfile: input.replaceWithProfile || (former?.uid ?? "") };
      });
      const target = resolvedLayers(palette, cluster, patchedSet(palette, cluster, inputs));
      const reasons = repaveReasons(cluster.nodeLayers, nodeLayersOf(target));
      return ok({ isRepaveRequired: reasons.length > 0, reasons: repaveReasonViews(palette, reasons) });
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/repave/status",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      if (!cluster.repave) throw notFound("repave", cluster.uid);
      return ok({
        metadata: metadataOf({ uid: cluster.uid, name: cluster.name, createdAt: cluster.repave.transitionedAt }),
        spec: {
          reasons: repaveReasonViews(call.palette, cluster.repave.reasons),
          source: "user",
          spectroClusterUid: cluster.uid,
        },
        status: {
          state: cluster.repave.state,
          message: cluster.repave.message,
          repaveTransitionTime: apiTime(cluster.repave.transitionedAt),
        },
      });
    },
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/repave/approve",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      if (cluster.repave?.state !== "Pending")
        throw invalid("RepaveNotPending", `Cluster '${cluster.name}' has no repave that waits for approval`);
      cluster.repave.state = "Approved";
      cluster.repave.message = "Approved by the user";
      cluster.repave.transitionedAt = call.palette.clock.now();
      return NO_CONTENT;
    },
  },
  {
    verb: "GET",
    path: "/v1/dashboard/spectroclusters/repaveStatus",
    scope: "any",
    permission: "cluster.list",
    handle(call) {
      const state = call.query.get("repaveState") ?? "Pending";
      const clusters = call.palette.state.clusters.filter(
        (cluster) =>
          cluster.repave?.state === state &&
          cluster.state !== "Deleted" &&
          (call.projectUid === undefined || cluster.projectUid === call.projectUid),
      );
      return ok(
        page(
          clusters.map((cluster) => clusterSummaryView(call.palette, cluster)),
          call.query,
        ),
      );
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/status/spcApply",
    scope: "project",
    permission: "cluster.get",
    handle: (call) => ok(spcApplyView(call.palette, clusterOf(call, "cluster.get"))),
  },
  {
    verb: "POST",
    path: "/v1/spectroclusters/{uid}/status/spcApply",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      // From now on downloaded changes are applied as if they had been asked for at once.
      cluster.spcApply.actionType = "DownloadAndInstall";
      return ACCEPTED;
    },
  },
];
