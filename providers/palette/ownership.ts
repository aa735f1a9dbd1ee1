import { InputError } from "../dynamic/errors";

/**
 * Whose an object is. `created`: made here, so a destroy deletes it. `adopted`: found and taken over, so a destroy lets it be.
 */
export type Origin = "created" | "adopted";

/** The annotation (of accounts) and label (of profiles and clusters) that names the datacenter which created an object. */
export const markerKey = "vmo-metal-datacenter";

/** What decides whether an object that exists may be taken over. */
export interface Claim {
  /** What it is, in words: `Cloud account "maas-dc1"`. */
  readonly what: string;
  /** The datacenter that its marker names, if it has one. */
  readonly owner: string | undefined;
  readonly datacenter: string;
  /** Whether the program says `adopt: true`. */
  readonly adopt: boolean;
}

/**
 * Decides whose an object is that exists already.
 *
 * @throws InputError when it may not be taken over.
 */
export function originOf(claim: Claim): Origin {
  if (claim.owner === claim.datacenter) return "created";
  if (claim.adopt) return "adopted";
  const whose =
    claim.owner === undefined ? "was not made by this datacenter" : `belongs to datacenter "${claim.owner}"`;
  throw new InputError(
    `${claim.what} exists in Palette already and ${whose}. Set adopt: true to take it over (a destroy then never deletes it), ` +
      "or choose another name.",
  );
}
