import assert from "node:assert/strict";
import fc from "fast-check";
import { ApiError, InputError } from "../../../providers/dynamic/errors";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { spaceKind } from "../../../providers/maas/space";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { anySpoil } from "../http/spoil";
import { type SpoilingProxy, spoilingProxy } from "../http/spoiling-proxy";
import { type AnyKind, Command, type Kept, region } from "./region";

const subnet = { cidr: "10.90.0.0/24", fabric: "spoiled", vid: 90 };

/** Every kind with a list, in the order in which they can be created. */
const kinds: readonly (readonly [AnyKind<object, object>, PlainObject])[] = [
  [resourcePoolKind, { name: "spoiled" }],
  [zoneKind, { name: "spoiled" }],
  [spaceKind, { name: "spoiled" }],
  [tagKind, { name: "spoiled" }],
  [domainKind, { name: "spoiled.example.test" }],
  [fabricKind, { name: "spoiled" }],
  [vlanKind, { fabric: "spoiled", vid: 90 }],
  [subnetKind, subnet],
  [subnetKind, { ...subnet, cidr: "10.91.0.0/24" }],
  [ipRangeKind, { subnet: subnet.cidr, type: "reserved", start: "10.90.0.10", end: "10.90.0.20" }],
  [staticRouteKind, { source: subnet.cidr, destination: "10.91.0.0/24", gateway: "10.90.0.1" }],
] as unknown as readonly (readonly [AnyKind<object, object>, PlainObject])[];

describe("Spoiled answers of MAAS (simulated MAAS)", function () {
  this.timeout(120_000);
  const maas = region();
  const made: { kind: AnyKind<object, object>; kept: Kept }[] = [];
  let proxy: SpoilingProxy;
  const command = (): Command => new Command({ url: `${proxy.url}/MAAS`, apiKey: maas.simulator.apiKey });

  before(async () => {
    proxy = await spoilingProxy(new URL(maas.simulator.url).origin);
    const up = command();
    for (const [kind, args] of kinds) made.push({ kind, kept: await up.up(kind, args) });
  });
  after(() => proxy.close());

  it("never make an object count as gone, never crash, and never cause a write", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(kinds.length - 1), anySpoil, async (index, spoil) => {
        const { kind, kept } = made[index] ?? assert.fail("no such kind");
        proxy.spoil(spoil, /api\/2\.0\/(?!version)/);
        try {
          const found = await command().refresh(kind, kept);
          assert.deepEqual(found?.state, kept.state, "other data, or gone");
        } catch (failure) {
          if (!(failure instanceof ApiError || failure instanceof InputError)) throw failure;
          assert.ok(failure instanceof InputError || failure.message.includes(`${proxy.url}/MAAS/api/2.0/`));
        } finally {
          assert.deepEqual(proxy.writes, []);
          proxy.spoil(undefined);
        }
      }),
      { numRuns: 250 },
    );
  });

  it("of a list alone are healed by the read of the object, or end in an error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(kinds.length - 1), async (index) => {
        const { kind, kept } = made[index] ?? assert.fail("no such kind");
        proxy.spoil(
          { kind: "replace", status: 200, contentType: "application/json", body: "[]" },
          /api\/2\.0\/(?!version)[a-z-]+\/$/,
        );
        const found = await command().refresh(kind, kept);
        assert.deepEqual(found?.state, kept.state);
      }),
      { numRuns: 25 },
    );
  });
});
