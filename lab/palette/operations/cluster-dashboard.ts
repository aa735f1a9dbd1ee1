import { clusterOf } from "../clusters/find";
import { clusterSummaryView, overviewView } from "../clusters/dashboard-views";
import { clusterSearchSchema, searchClusters } from "../clusters/search";
import { describedCluster } from "../clusters/views";
import { ok } from "../http/answer";
import type { Call } from "../http/call";
import { listed } from "../http/listed";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { nullWhenEmpty } from "../json";
import { metadataOf } from "../metadata";
import type { Cluster } from "../model/cluster";

// Without a project these list the clusters of all projects.
function inScope(call: Call): Cluster[] {
  return listed(call, call.palette.state.clusters).filter(
    (cluster) => call.projectUid === undefined || cluster.projectUid === call.projectUid,
  );
}

/** Overviews, lists and searches of clusters. Deleted ones are listed for a while. */
export const clusterDashboardRoutes: Route[] = [
  {
    verb: "POST",
    path: "/v1/dashboard/spectroclusters/search",
    scope: "any",
    permission: "cluster.list",
    handle(call) {
      const found = searchClusters(call.palette, inScope(call), payload(clusterSearchSchema, call.body));
      return ok(
        page(
          found.map((cluster) => clusterSummaryView(call.palette, cluster)),
          call.query,
        ),
      );
    },
  },
  ...["/v1/dashboard/spectroclusters/{uid}/overview", "/v1/dashboard/spectroclusters/{uid}"].map((path): Route => ({
    verb: "GET",
    path,
    scope: "project",
    permission: "cluster.get",
    handle: (call) => ok(overviewView(call.palette, clusterOf(call, "cluster.get"))),
  })),
  {
    verb: "GET",
    path: "/v1/dashboard/spectroclusters/metadata",
    scope: "any",
    permission: "cluster.list",
    handle: (call) =>
      ok({ items: inScope(call).map((cluster) => metadataOf(describedCluster(call.palette, cluster))) }),
  },
  {
    verb: "GET",
    path: "/v1/dashboard/spectroclusters/meta",
    scope: "any",
    permission: "cluster.list",
    handle: (call) =>
      ok(
        inScope(call).map((cluster) => ({
          metadata: metadataOf(describedCluster(call.palette, cluster)),
          spec: {
            archType: ["amd64"],
            cloudAccountUid: cluster.cloudAccountUid,
            cloudRegion: "",
            cloudType: "maas",
            clusterType: "PureManage",
            location: null,
            tags: nullWhenEmpty(Object.keys(cluster.labels)),
          },
          status: { state: cluster.state },
        })),
      ),
  },
];
