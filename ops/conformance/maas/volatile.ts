/** How a volatile value is compared. */
export type VolatileRule =
  /** Both are times of the same form. */
  | "time"
  /** Same elements in any order. */
  | "unordered"
  /** Only the type counts. */
  | "type";

/** A value that differs from run to run of the real server, and why. */
export interface VolatileKey {
  /** The key, or the list's key. */
  key: string;
  rule: VolatileRule;
  reason: string;
}

/** Values that the comparison does not take literally. Everything else is equal after mapping ids. */
export const VOLATILE: readonly VolatileKey[] = [
  { key: "created", rule: "time", reason: "when the object was made" },
  { key: "updated", rule: "time", reason: "when the object was last written" },
  { key: "vlans", rule: "unordered", reason: "listed without an order: rows come as the database's pages hold them" },
  { key: "subnets", rule: "unordered", reason: "listed without an order, as above" },
  {
    key: "ip_addresses",
    rule: "unordered",
    reason: "addresses of a DNS resource are stored as a set without an order",
  },
  { key: "resource_records", rule: "unordered", reason: "implicit records come out of a set without an order" },
  { key: "disabled_boot_architectures", rule: "unordered", reason: "stored as a set without an order" },
  { key: "service_set", rule: "unordered", reason: "services of a rack controller are listed without an order" },
];

/** Lists that are a whole answer and have no order of their own. */
export const UNORDERED_ANSWERS: readonly { path: RegExp; reason: string }[] = [
  {
    path: /^\/(fabrics\/[^/]+\/vlans|fabrics|subnets|ipranges|static-routes|domains|tags)\/$/,
    reason: "no order is asked for",
  },
  { path: /^\/dnsresources\/$/, reason: "with all=true implicit records come out of a set without an order" },
  { path: /^\/spaces\/$/, reason: "no order is asked for (the pseudo space comes last)" },
];

/** Texts in which the real server prints a set of words in no order. */
export const UNORDERED_WORDS: readonly RegExp[] = [
  / is not one of [A-Z ]+\.$/,
  / is not a valid storage_layout\. {2}It should be one of: /,
];
