import { lineProblem } from "./plain-text";

/** The longest name of a pool, zone, fabric, space, tag or subnet in MAAS, in characters. */
const LONGEST_NAME = 256;

/** What a name may be made of, by kind of object. */
export const MAAS_NAMES = {
  /** Resource pools and zones: letters of any script and spaces are fine. */
  place: /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ -]*[\p{L}\p{N}_-])?$/u,
  /** Tags: MAAS refuses a dot. */
  tag: /^[A-Za-z0-9_][\w-]*$/,
  fabric: /^[A-Za-z0-9][\w-]*$/,
} as const;

/** A rule for names of one kind of object in MAAS. */
function nameProblem(pattern: RegExp, rule: string): (text: string) => string | undefined {
  return (text) =>
    lengthProblem(text) ?? (pattern.test(text) ? undefined : `is not a name that MAAS takes for this: ${rule}`);
}

function lengthProblem(text: string): string | undefined {
  return text.length > LONGEST_NAME
    ? `has ${text.length} characters, but MAAS takes at most ${LONGEST_NAME}`
    : undefined;
}

/** Why MAAS would not take a name for a resource pool or zone. */
export const placeNameProblem = nameProblem(
  MAAS_NAMES.place,
  "letters, digits, spaces, dashes and underscores, no dot, no space or dash first and no space last",
);

/** Why MAAS would not take a name for a tag. */
export const tagNameProblem = nameProblem(
  MAAS_NAMES.tag,
  "letters of the English alphabet, digits, dashes and underscores, no dot, a letter, digit or underscore first",
);

/** Why MAAS would not take a name for a fabric or space. */
export const fabricNameProblem = nameProblem(
  MAAS_NAMES.fabric,
  "letters of the English alphabet, digits, dashes and underscores, a letter or digit first",
);

/** Why MAAS would not take a name for a subnet: it takes any text on one line. */
export function subnetNameProblem(text: string): string | undefined {
  return lengthProblem(text) ?? lineProblem(text);
}
