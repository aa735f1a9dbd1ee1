import type { Operator } from "./operator";

/** A site that a lab can start with. */
export interface SiteSeed {
  /** What is special about it, one line for `npm run lab -- seed --help`. */
  description: string;
  /**
   * Makes it in a region that has its defaults, the subnet 192.168.0.0/22 on the untagged VLAN of fabric-0, a rack controller there, and
   * images.
   *
   * @param workers number of machines `worker-1` …
   */
  make(operator: Operator, workers: number): void;
}
