import assert from "node:assert/strict";
import { emptyRegion } from "../../../lab/maas/seed/seed-region";
import { withOwnToken, withoutOwnToken } from "../../../lab/maas/own-token";

describe("the key that a simulator is started with", () => {
  const key = { consumerKey: "consumer", tokenKey: "token", tokenSecret: "s3cr3t" };

  it("is left out of what is kept on disk and put back at the next start, also a new one", () => {
    const region = emptyRegion(key);
    const kept = withoutOwnToken(region, key);
    for (const part of Object.values(key)) assert.equal(JSON.stringify(kept).includes(`"${part}"`), false);
    assert.deepEqual(withOwnToken(kept, key), region);
    const changed = { consumerKey: "c2", tokenKey: "t2", tokenSecret: "other" };
    assert.deepEqual(withOwnToken(kept, changed), emptyRegion(changed));
  });
});
