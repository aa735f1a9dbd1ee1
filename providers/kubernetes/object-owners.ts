import { Semaphore } from "../http/semaphore";
import type { KubernetesClient } from "./kubernetes-client";
import { objectPath } from "./object-kinds";
import type { ObjectPlace } from "./object-place";

/** An object that is there, and whose it says to be. */
export interface OwnedObject extends ObjectPlace {
  /** Value of the label; undefined when it has none. */
  owner: string | undefined;
}

/** Requests in flight at once. */
const parallel = 8;

/** Those of the objects that are there, each with the value of a label. Reads only. */
export async function objectOwners(
  client: KubernetesClient,
  places: readonly ObjectPlace[],
  label: string,
): Promise<OwnedObject[]> {
  const semaphore = new Semaphore(parallel);
  const found = await Promise.all(
    places.map((place) =>
      semaphore.run(async (): Promise<OwnedObject[]> => {
        const object = await client.find(objectPath(place.kind, place.name, place.namespace));
        return object === undefined ? [] : [{ ...place, owner: object.metadata.labels?.[label] }];
      }),
    ),
  );
  return found.flat();
}
