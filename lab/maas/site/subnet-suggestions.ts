import type { JsonObject } from "../json";
import { formatAddress } from "./address";
import { renderRange, size, UNUSED, type PurposeRange } from "./ip-set";

function isFree(ranges: readonly PurposeRange[], value: bigint): boolean {
  return ranges.some((range) => range.first <= value && value <= range.last && range.purposes.includes(UNUSED));
}

function gatewayValue(version: 4 | 6, ranges: readonly PurposeRange[]): bigint | null {
  const first = ranges[0]?.first;
  const last = ranges.at(-1)?.last;
  if (first === undefined || last === undefined) return null;
  if (ranges.some((range) => range.purposes.includes("gateway-ip"))) return null;
  if (version === 6) return ranges.reduce((sum, range) => sum + size(range), 0n) <= 2n ? null : first - 1n;
  if (isFree(ranges, first)) return first;
  if (isFree(ranges, last)) return last;
  return ranges.find((range) => range.purposes.includes(UNUSED))?.first ?? null;
}

/** The gateway that MAAS proposes for a subnet without one (its first address, else its last, else any free one). */
export function suggestGateway(version: 4 | 6, ranges: readonly PurposeRange[]): string | null {
  const value = gatewayValue(version, ranges);
  return value === null ? null : formatAddress({ version, value });
}

/** The dynamic range that MAAS proposes: the end of the largest free block, at most a quarter of the subnet. */
export function suggestDynamicRange(version: 4 | 6, ranges: readonly PurposeRange[]): JsonObject | null {
  if (ranges.some((range) => range.purposes.includes("dynamic"))) return null;
  const free = ranges.filter((range) => range.purposes.includes(UNUSED));
  let [largest] = free;
  for (const range of free) if (largest !== undefined && size(range) >= size(largest)) largest = range;
  if (largest === undefined) return null;
  const gateway = gatewayValue(version, ranges);
  if (gateway !== null && size(largest) === 1n) return null;
  let { first, last } = largest;
  if (gateway === first) first += 1n;
  else if (gateway !== null && gateway >= first && gateway <= last) last -= 1n;
  const total = ranges.reduce((sum, range) => sum + size(range), 0n);
  const available = free.reduce((sum, range) => sum + size(range), 0n);
  const count = last - first + 1n;
  if (count > total >> 2n) first = last - (total >> 2n);
  else if (count >= available >> 1n) first = last - (available >> 1n) + 1n;
  if (first >= last) return null;
  const proposed = { first, last, purposes: ["proposed-dynamic"] };
  return { ...renderRange(version, proposed), purpose: proposed.purposes };
}
