import assert from "node:assert/strict";
import { type Difference, differences } from "./differences";
import type { LabStatus } from "./lab-datacenter";

/** What may differ from the seed after a destroy, each with its reason. */
const allowed: readonly [path: RegExp, reason: string][] = [
  [/^sequences/, "ids go on"],
  [/^timers/, "times go on"],
  [/^site\.events/, "a log is not taken back"],
  [/^site\.settings\.enable_disk_erasing_on_release/, "a destroy never switches disk erasing on again"],
  [/^site\.config\.enable_disk_erasing_on_release/, "a destroy never switches disk erasing on again"],
  [/\.(id|created|updated|linkId|addressId)$/, "ids and times"],
  [
    /^machines\[[^\]]+\]\.(previousStatus|statusEvent|swapSize|minHweKernel|events)/,
    "what a deployment leaves in MAAS's own records",
  ],
  [/^machines\[[^\]]+\]\.(blockDevices|storage|volumeGroups|bootDisk|partitions)/, "storage layouts stay as they are"],
  [
    /^machines\[[^\]]+\]\.interfaces\[[^\]]+\]\.addresses\[\d+\]/,
    "addresses that MAAS discovered while it commissioned are seen at the next commissioning",
  ],
];

/** Fails naming every place where MAAS is not as it was seeded, but for what is allowed above. */
export function assertSeedRestored(seed: LabStatus, now: LabStatus): void {
  const left = differences(seed.maas, now.maas).filter(({ path }) => !allowed.some(([pattern]) => pattern.test(path)));
  assert.equal(left.length, 0, `MAAS differs from the seed:\n${left.map(show).join("\n")}`);
}

function show({ path, before, after }: Difference): string {
  return `${path}: ${JSON.stringify(before)?.slice(0, 200)} => ${JSON.stringify(after)?.slice(0, 200)}`;
}
