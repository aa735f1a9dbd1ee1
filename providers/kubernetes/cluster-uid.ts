import { ApiError } from "../dynamic/errors";
import type { KubernetesClient } from "./kubernetes-client";

/**
 * What tells one cluster from every other, whatever its address: the uid of the namespace kube-system, which is made with the cluster and never
 * again.
 *
 * @throws ApiError when the cluster does not say it
 */
export async function clusterUid(client: KubernetesClient): Promise<string> {
  const path = "/api/v1/namespaces/kube-system";
  const uid = (await client.find(path))?.metadata.uid;
  if (uid !== undefined) return uid;
  throw new ApiError({
    api: "Kubernetes",
    method: "GET",
    endpoint: path,
    status: 404,
    detail: "there is no namespace kube-system",
    advice: "Check that the kubeconfig leads to a Kubernetes cluster.",
  });
}
