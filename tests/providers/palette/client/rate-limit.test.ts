import assert from "node:assert/strict";
import fc from "fast-check";
import { type Bucket, bucketOf, take } from "../../../../providers/palette/client/rate-limit";

describe("rate limits of Palette", () => {
  it("has a bucket per top resource, and tight ones for assets and all that is not listed", () => {
    const rates = [
      "/v1/spectroclusters/uid",
      "/v1/spectroclusters/uid/profiles",
      "/v1/cloudconfigs/maas/uid",
      "/v1/clusterprofiles",
      "/v1/events/components/spectrocluster/uid",
      "/v1/spectroclusters/uid/assets/adminKubeconfig",
      "/v1/dashboard/spectroclusters/search",
      "/v1/cloudaccounts/maas",
      "/v1/packs/search",
    ].map((path) => bucketOf(path).rate.perSecond);
    assert.deepEqual(rates, [50, 50, 50, 50, 50, 10, 10, 10, 10]);
    assert.equal(bucketOf("/v1/dashboard/projects/metadata").name, bucketOf("/v1/dashboard/clusterprofiles").name);
    assert.notEqual(bucketOf("/v1/packs/search").name, bucketOf("/v1/registries/metadata").name);
  });

  it("never lets more through in any time than burst and rate allow", () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(pauses, (gaps) => {
        const rate = { perSecond: 10, burst: 50 };
        let bucket: Bucket | undefined;
        let now = 0;
        const sent = gaps.map((gap) => {
          now += gap;
          const taken = take(bucket, rate, now);
          bucket = taken.bucket;
          return now + taken.wait;
        });
        for (const [index, from] of sent.entries())
          for (const [further, to] of sent.slice(index).entries())
            assert.ok(further + 1 <= rate.burst + ((to - from) / 1000) * rate.perSecond + 1.001);
      }),
    );
  });
});
