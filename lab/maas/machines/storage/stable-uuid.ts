import { createHash } from "node:crypto";

/** A UUID that follows from what it is for, so that two runs of a lab are alike. */
export function stableUuid(...about: (string | number)[]): string {
  const hex = createHash("sha256").update(about.join("/")).digest("hex");
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
