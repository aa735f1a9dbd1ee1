import {
  addressRangeProblem,
  addressRangesOverlap,
  formatAddressRange,
  parseAddressRange,
} from "../../../addressing/range";

/** An address pool as MetalLB has it. */
export interface AddressPool {
  name: string;
  namespace: string;
  /** Ranges `first-last` or CIDRs. */
  addresses: readonly string[];
}

/**
 * What MetalLB's admission webhooks refuse in IPAddressPools, seen together (MetalLB 0.15.2).
 *
 * @param metalLbNamespace where MetalLB runs; pools elsewhere are refused
 */
export function addressPoolProblems(pools: readonly AddressPool[], metalLbNamespace = "metallb-system"): string[] {
  const seen: { pool: string; range: ReturnType<typeof parseAddressRange> }[] = [];
  return pools.flatMap((pool, index) => {
    const field = `IPAddressPool ${pool.name}`;
    const problems: string[] = [];
    if (pools.findIndex(({ name }) => name === pool.name) !== index) problems.push(`${field}: is there already`);
    if (pool.namespace !== metalLbNamespace)
      problems.push(`${field}: is in namespace ${pool.namespace}, must be in ${metalLbNamespace}`);
    if (pool.addresses.length === 0) problems.push(`${field}: has no addresses`);
    for (const text of pool.addresses) {
      const problem = addressRangeProblem(text);
      if (problem !== undefined) {
        problems.push(`${field}: "${text}" ${problem}`);
        continue;
      }
      const range = parseAddressRange(text);
      const other = seen.find((one) => addressRangesOverlap(one.range, range));
      if (other !== undefined)
        problems.push(`${field}: ${text} overlaps ${formatAddressRange(other.range)} of pool ${other.pool}`);
      seen.push({ pool: pool.name, range });
    }
    return problems;
  });
}
