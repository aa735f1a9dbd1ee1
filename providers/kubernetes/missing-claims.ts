import type { KubernetesClient } from "./kubernetes-client";
import { objectPath } from "./object-kinds";
import { claimAt } from "./unowned-claims";

/** A golden image that is copied from a claim; both as `namespace/name`. */
export interface ImageOfClaim {
  readonly image: string;
  readonly claim: string;
}

/**
 * Those images whose claim is not there and that are not imported yet: their import would wait without a word. Reads only. Where claims may not be
 * read, none is known.
 *
 * @throws ApiError
 */
export async function missingClaims(
  client: KubernetesClient,
  images: readonly ImageOfClaim[],
): Promise<ImageOfClaim[]> {
  const found = await Promise.all(
    images.map(async (one) => {
      const [imageNamespace = "", imageName = ""] = one.image.split("/");
      const [namespace = "", name = ""] = one.claim.split("/");
      const image = await client.find(objectPath("DataVolume", imageName, imageNamespace));
      if (image?.status?.["phase"] === "Succeeded") return [];
      return (await claimAt(client, namespace, name)) === undefined ? [one] : [];
    }),
  );
  return found.flat();
}
