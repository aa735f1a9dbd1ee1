import assert from "node:assert/strict";
import fc from "fast-check";
import { page } from "../../../../lab/palette/http/paging";
import { bucketOf, RateLimits } from "../../../../lab/palette/http/rate-limits";

describe("page", () => {
  it("walks through any list once, whatever the limit", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 200 }), fc.integer({ min: 1, max: 90 }), (items, limit) => {
        const seen: unknown[] = [];
        let token = "";
        do {
          const answer = page(items, new URLSearchParams({ limit: String(limit), continue: token }));
          const { items: rows, listmeta } = answer as {
            items: unknown[];
            listmeta: { continue: string; count: number };
          };
          assert.ok(rows.length <= Math.min(limit, 50));
          assert.equal(listmeta.count, items.length);
          seen.push(...rows);
          token = listmeta.continue;
        } while (token !== "");
        assert.deepEqual(seen, items);
      }),
    );
  });
});

describe("RateLimits", () => {
  it("lets a burst through, then the rate, per source and top resource", () => {
    let now = 0;
    const limits = new RateLimits(() => now);
    const taken = (path: string, source = "one") =>
      Array.from({ length: 400 }, () => limits.take(source, path)).filter(Boolean).length;
    assert.equal(taken("/v1/overlords"), 50);
    assert.equal(taken("/v1/clusterprofiles/x"), 250);
    assert.equal(taken("/v1/clusterprofiles/import"), 0, "one bucket for all of a resource");
    assert.equal(taken("/v1/overlords", "two"), 50);
    now = 1000;
    assert.equal(taken("/v1/overlords"), 10);
  });

  it("puts a cluster's assets and component events in buckets of their own", () => {
    assert.deepEqual(bucketOf("/v1/spectroclusters/x/assets/kubeconfig"), {
      name: "spectroclusters/assets",
      wide: false,
    });
    assert.deepEqual(bucketOf("/v1/events/components/spectrocluster/x"), { name: "events/components", wide: true });
    assert.deepEqual(bucketOf("/v1/dashboard/spectroclusters/x/overview"), { name: "dashboard", wide: false });
  });
});
