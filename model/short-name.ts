import { createHash } from "node:crypto";

/** The longest DNS label, and the longest value of a Kubernetes label. */
export const longestLabel = 63;

/** Characters of the digest that ends a shortened name: 40 bits, so that names of one site do not meet. */
const digestLength = 8;

/**
 * Returns a name of at most 63 characters: the name itself when it fits, else its beginning and a digest of the whole, so that two long names with
 * one beginning stay apart. The result ends with a letter or digit when the name does.
 */
export function shortened(name: string): string {
  if (name.length <= longestLabel) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, digestLength);
  return `${name.slice(0, longestLabel - digestLength - 1).replace(/[-.]+$/, "")}-${digest}`;
}
