import assert from "node:assert/strict";
import { foreignClaims, missingClaimProblems } from "../../../../components/virtualization/rules/missing-claim-rules";

describe("golden images that are copied from a claim", () => {
  it("do not need the cluster's claim when an image of the description makes it", () => {
    const ours = { image: "images/copy", claim: "images/ubuntu" };
    const other = { image: "images/other", claim: "old/disk" };
    assert.deepEqual(foreignClaims([ours, other], ["images/ubuntu", "images/copy"]), [other]);
  });

  it("are named with the claim that is not there and what to do", () => {
    assert.match(
      missingClaimProblems([{ image: "images/dv", claim: "old/disk" }]).join(),
      /golden image images\/dv: there is no PersistentVolumeClaim old\/disk.*pvc\.namespace/,
    );
  });
});
