import { ApiError } from "../dynamic/errors";
import { Semaphore } from "../http/semaphore";
import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import { objectPath } from "./object-kinds";

/** Requests in flight at once. */
const parallel = 8;

/**
 * Those names at which there is a PersistentVolumeClaim, but no DataVolume that it could be of: CDI would refuse a DataVolume there (CDI 1.62,
 * datavolume-validate.go). Reads only. Where we may not read claims, none is known.
 *
 * @param names `namespace/name`
 * @throws ApiError
 */
export async function unownedClaims(client: KubernetesClient, names: readonly string[]): Promise<string[]> {
  const semaphore = new Semaphore(parallel);
  const found = await Promise.all(
    names.map((place) =>
      semaphore.run(async () => {
        const [namespace = "", name = ""] = place.split("/");
        const claim = await claimAt(client, namespace, name);
        if (claim === undefined || claim === "unreadable" || isTakenByCdi(claim, name)) return [];
        return (await client.find(objectPath("DataVolume", name, namespace))) === undefined ? [place] : [];
      }),
    ),
  );
  return found.flat();
}

/** A PersistentVolumeClaim; undefined when it is not there, `unreadable` where we may not read claims. @throws ApiError */
export async function claimAt(
  client: KubernetesClient,
  namespace: string,
  name: string,
): Promise<KubernetesObject | "unreadable" | undefined> {
  try {
    return await client.find(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`);
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 403) return "unreadable";
    throw failure;
  }
}

/** A claim of a DataVolume, one that was filled for this name, or one that its owner lets CDI adopt. */
function isTakenByCdi({ metadata }: KubernetesObject, name: string): boolean {
  const { ownerReferences = [], annotations = {} } = metadata;
  return (
    ownerReferences.some(({ kind, controller }) => kind === "DataVolume" && controller === true) ||
    annotations["cdi.kubevirt.io/storage.populatedFor"] === name ||
    annotations["cdi.kubevirt.io/allowClaimAdoption"] === "true"
  );
}
