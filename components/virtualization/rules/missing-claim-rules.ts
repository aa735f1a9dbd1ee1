import type { ImageOfClaim } from "../../../providers/kubernetes/missing-claims";

/**
 * The images whose claim only the cluster can have: a claim of another image of the description is made with that one. Pure.
 *
 * @param described images of the description, `namespace/name`
 */
export function foreignClaims(copied: readonly ImageOfClaim[], described: readonly string[]): ImageOfClaim[] {
  return copied.filter(({ claim }) => !described.includes(claim));
}

/** Golden images that would wait without end for a claim that is not there, one line each. Pure. */
export function missingClaimProblems(images: readonly ImageOfClaim[]): string[] {
  return images.map(
    ({ image, claim }) =>
      `golden image ${image}: there is no PersistentVolumeClaim ${claim} to copy it from, and CDI would wait for one without end. ` +
      "Correct pvc.namespace and pvc.name of the image, make the claim first, or take the image out of virtualization.images.",
  );
}
