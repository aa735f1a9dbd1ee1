import { InputError } from "../dynamic/errors";
import { unmark } from "./marker";

/**
 * Whose an object is. `created`: made here, so a destroy deletes it. `adopted`: found and taken over, so a destroy puts its former
 * values back and lets it be.
 */
export type Origin = "created" | "adopted";

/** The computed outputs of a kind that can be created or taken over. */
export interface Owned<Former> {
  readonly origin: Origin;
  /** The values that an adopted object had; null for a created one. */
  readonly former: Former | null;
}

/** What decides whether an object that exists may be taken over. */
export interface Claim {
  /** What it is, in words: `Resource pool "workers"`. */
  readonly what: string;
  /** Its description or comment, when its kind has one. */
  readonly description?: string;
  readonly datacenter: string;
  /** Whether the program says `adopt: true`; always true for what MAAS discovers by itself. */
  readonly adopt: boolean;
}

/**
 * Decides whose an object is that exists already.
 *
 * @throws InputError when it may not be taken over.
 */
export function originOf(claim: Claim): Origin {
  const owner = claim.description === undefined ? undefined : unmark(claim.description).datacenter;
  if (owner === claim.datacenter) return "created";
  if (claim.adopt) return "adopted";
  const whose = owner === undefined ? "was not made by this datacenter" : `belongs to datacenter "${owner}"`;
  throw new InputError(
    `${claim.what} exists in MAAS already and ${whose}. Set adopt: true to take it over (a destroy then puts its former values back ` +
      "and never deletes it), or choose another name.",
  );
}
