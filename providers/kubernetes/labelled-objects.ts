import { ApiError } from "../dynamic/errors";
import { Semaphore } from "../http/semaphore";
import type { KubernetesClient } from "./kubernetes-client";
import { collectionPath } from "./object-kinds";
import { type ObjectPlace, placeText } from "./object-place";

/** Requests in flight at once. */
const parallel = 8;

/**
 * Those of the objects that are there and carry a label. Reads names and labels only, never what Secrets hold: one list for each kind and namespace.
 *
 * @throws ApiError
 */
export async function labelledObjects(
  client: KubernetesClient,
  places: readonly ObjectPlace[],
  label: { key: string; value: string },
): Promise<ObjectPlace[]> {
  const collections = new Set(places.map(({ kind, namespace }) => collectionPath(kind, namespace)));
  const selector = `labelSelector=${encodeURIComponent(`${label.key}=${label.value}`)}`;
  const semaphore = new Semaphore(parallel);
  const found = await Promise.all(
    [...collections].map((path) =>
      semaphore.run(async () => (await names(client, `${path}?${selector}`)).map((name) => `${path}/${name}`)),
    ),
  );
  const labelled = new Set(found.flat());
  const unique = new Map(places.map((place) => [placeText(place), place]));
  return [...unique.values()].filter(({ kind, namespace, name }) =>
    labelled.has(`${collectionPath(kind, namespace)}/${name}`),
  );
}

/** Where we may not even look, nothing is ours, and nothing could be deleted. */
async function names(client: KubernetesClient, path: string): Promise<string[]> {
  try {
    return (await client.listNames(path)).map(({ metadata }) => metadata.name);
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 403) return [];
    throw failure;
  }
}
