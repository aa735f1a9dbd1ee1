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
];

/** Fails naming every place where MAAS is not as it was seeded, but for what is allowed above. */
export function assertSeedRestored(seed: LabStatus, now: LabStatus): void {
  const left = differences(comparable(seed), comparable(now)).filter(
    ({ path }) => !allowed.some(([pattern]) => pattern.test(path)),
  );
  assert.equal(left.length, 0, `MAAS differs from the seed:\n${left.map(show).join("\n")}`);
}

function show({ path, before, after }: Difference): string {
  return `${path}: ${JSON.stringify(before)?.slice(0, 200)} => ${JSON.stringify(after)?.slice(0, 200)}`;
}

/**
 * What a lab's MAAS holds, without the numbers of the fabrics that MAAS makes for single NICs and deletes when they leave, and without the
 * addresses that commissioning discovered: those are seen again at the next commissioning.
 */
function comparable({ maas: { site, machines } }: LabStatus): object {
  const { fabrics, vlans, subnets } = site as unknown as LabSite;
  const holding = new Set(subnets.map(({ vlanId }) => vlanId));
  const own = new Set(
    fabrics
      .filter(({ id, name }) => name === `fabric-${id}` && id > 0)
      .filter(({ id }) => vlans.every((vlan) => vlan.fabricId !== id || !holding.has(vlan.id)))
      .map(({ id }) => id),
  );
  const ownVlans = new Set(vlans.filter(({ fabricId }) => own.has(fabricId)).map(({ id }) => id));
  return {
    site: {
      ...site,
      fabrics: fabrics.filter(({ id }) => !own.has(id)),
      vlans: vlans.filter(({ id }) => !ownVlans.has(id)),
    },
    machines: machines.map((machine) => ({
      ...machine,
      interfaces: machine.interfaces.map((item) => ({
        ...item,
        vlanId: ownVlans.has(item.vlanId ?? -1) ? "a fabric of its own" : item.vlanId,
        addresses: item.addresses
          .filter(({ allocationType }) => allocationType !== "discovered")
          .map(({ allocationType, ip, subnetId }) => {
            const isLinkUp = allocationType === "sticky" && ip === null;
            return { allocationType, ip, subnetId: isLinkUp ? null : subnetId };
          }),
      })),
    })),
  };
}

/** The parts of a lab's MAAS that fabrics consist of. */
interface LabSite {
  fabrics: { id: number; name: string }[];
  vlans: { id: number; fabricId: number }[];
  subnets: { vlanId: number }[];
}
