/** A disk that is still to be cloned from a golden image; names as `namespace/name`. */
export interface UnfinishedClone {
  disk: string;
  image: string;
  /** What CDI says of it. */
  phase: string;
}

/**
 * Golden images that would go although disks are still to be cloned from them, one line each: such a disk would never be filled.
 *
 * @param wanted images of the description as the cluster calls them at present, `namespace/name`
 * @param ours images in the cluster that this stack made
 */
export function removedImageProblems(
  wanted: readonly string[],
  ours: readonly string[],
  clones: readonly UnfinishedClone[],
): string[] {
  return ours
    .filter((image) => !wanted.includes(image))
    .flatMap((image) => {
      const waiting = clones.filter((clone) => clone.image === image);
      if (waiting.length === 0) return [];
      const disks = waiting.map(({ disk, phase }) => `${disk} (${phase})`).join(", ");
      return [
        `golden image ${image} has a newer version or is no longer described, but ${waiting.length === 1 ? "a disk is" : "disks are"} still to be cloned ` +
          `from it: ${disks}. Nothing was deleted. Wait for the clones, start the VMs that wait for their first start or delete them; then run the command again.`,
      ];
    });
}
