import { clusterOf } from "../clusters/find";
import { download } from "../http/answer";
import { notFound } from "../http/error";
import type { Route } from "../http/router";

const KUBECONFIGS = ["kubeconfig", "kubeconfigclient", "adminKubeconfig", "adminTokenKubeconfig", "frpKubeconfig"];

/** Kubeconfigs: not found before the control plane is up; sometimes base64 of the YAML. */
export const clusterAssetRoutes: Route[] = KUBECONFIGS.map((asset): Route => ({
  verb: "GET",
  path: `/v1/spectroclusters/{uid}/assets/${asset}`,
  scope: "project",
  permission: "cluster.get",
  handle(call) {
    const cluster = clusterOf(call, "cluster.get");
    if (cluster.kubeconfig === undefined || cluster.state === "Deleted") throw notFound("kubeconfig", cluster.uid);
    const text = cluster.kubeconfig;
    const encoded = call.palette.faults.on("base64-kubeconfig") ? Buffer.from(text).toString("base64") : text;
    return download(`${cluster.name}.kubeconfig`, encoded);
  },
}));
