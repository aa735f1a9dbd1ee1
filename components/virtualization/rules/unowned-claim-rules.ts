/**
 * Golden images that CDI would refuse because a PersistentVolumeClaim that no DataVolume owns has the image's name, one line each.
 *
 * @param claims the claims that were found, `namespace/name`
 */
export function unownedClaimProblems(claims: readonly string[]): string[] {
  return claims.map((claim) => {
    const [namespace = "", name = ""] = claim.split("/");
    return (
      `golden image ${claim}: there is a PersistentVolumeClaim of this name that no DataVolume owns, and CDI refuses a DataVolume beside it. ` +
      "Describe the image under another name " +
      `(to use what the claim holds: pvc: { namespace: ${namespace}, name: ${name} }), or delete the claim if nobody needs it.`
    );
  });
}
