import { createHash } from "node:crypto";
import { LONGEST_LABEL } from "./dns-names";

/** Characters of the digest that ends a shortened name: 32 bits, enough to keep the names of one site apart. */
const digestLength = 8;

/**
 * Returns a name of at most 63 characters: the name itself when it fits, else its beginning and a digest of the whole, so that two long names with
 * one beginning stay apart. The result ends with a letter or digit when the name does.
 */
export function shortened(name: string): string {
  if (name.length <= LONGEST_LABEL) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, digestLength);
  return `${name.slice(0, LONGEST_LABEL - digestLength - 1).replace(/[-.]+$/, "")}-${digest}`;
}
