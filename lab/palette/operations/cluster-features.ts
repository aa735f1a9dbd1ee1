import { clusterOf } from "../clusters/find";
import { ok } from "../http/answer";
import type { Route } from "../http/router";
import type { Json, JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import { metadataOf } from "../metadata";
import type { Cluster } from "../model/cluster";
import { seededUid } from "../uid";

/** What a cluster was created with under `clusterConfig.resources`: namespaces or role bindings, each with a name and a spec. */
function resourceViews(cluster: Cluster, kind: "namespaces" | "rbacs"): Json {
  const { resources } = cluster.clusterConfig;
  const given = isObject(resources) ? resources[kind] : undefined;
  const items = (Array.isArray(given) ? given : []).filter(isObject).map((item, index) => {
    const metadata = isObject(item["metadata"]) ? item["metadata"] : {};
    const name = typeof metadata["name"] === "string" ? metadata["name"] : String(index);
    const uid = seededUid(kind, cluster.uid, name, String(index));
    return {
      metadata: metadataOf({ uid, name, createdAt: cluster.createdAt }),
      spec: item["spec"] ?? null,
      status: {},
    };
  });
  return { items: nullWhenEmpty(items) };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function featureView(cluster: Cluster, name: string): JsonObject {
  const uid = seededUid(name, cluster.uid);
  return { metadata: metadataOf({ uid, name, createdAt: cluster.createdAt }), spec: { config: null }, status: null };
}

/**
 * What the vendor's Terraform provider reads of every cluster besides the cluster itself: backup and compliance scans, of which the lab has none,
 * and the namespaces and role bindings of its creation.
 */
export const clusterFeatureRoutes: Route[] = [
  ...(["backup", "complianceScan"] as const).map((name): Route => ({
    verb: "GET",
    path: `/v1/spectroclusters/{uid}/features/${name}`,
    scope: "project",
    permission: "cluster.get",
    handle: (call) => ok(featureView(clusterOf(call, "cluster.get"), name)),
  })),
  ...(["rbacs", "namespaces"] as const).map((kind): Route => ({
    verb: "GET",
    path: `/v1/spectroclusters/{uid}/config/${kind}`,
    scope: "project",
    permission: "cluster.get",
    handle: (call) => ok(resourceViews(clusterOf(call, "cluster.get"), kind)),
  })),
];
