/**
 * Who owns an object. `created`: made here, so a destroy deletes it. `adopted`: it existed before, so a destroy restores what was
 * changed and keeps it. `referenced`: another stack owns it, so it is compared and never written.
 */
export type Origin = "created" | "adopted" | "referenced";

/** The annotation (of accounts) and label (of profiles and clusters) that names the datacenter which created an object. */
export const markerKey = "vmo-metal-datacenter";

/** The annotation that holds the previous values of an adopted object, as JSON; recorded in the write that changes them. */
export const previousKey = "vmo-metal-previous";

/**
 * Who owns an object that exists, by the datacenter that its marker names. Whether it may be written is another question: a referenced
 * one never, an adopted one only with permission.
 */
export function originOf(owner: string | undefined, datacenter: string): Origin {
  if (owner === datacenter) return "created";
  return owner === undefined ? "adopted" : "referenced";
}
