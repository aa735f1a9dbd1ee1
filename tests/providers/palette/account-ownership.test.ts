import assert from "node:assert/strict";
import fc from "fast-check";
import { type AccountFields, decideAccount, restoreAccount } from "../../../providers/palette/account-ownership";

const actual: AccountFields = {
  overlordUid: "gateway-1",
  apiEndpoint: "http://maas/MAAS",
  apiKey: "a:b:c",
  preferredSubnets: ["10.9.0.0/16"],
};

const account = {
  name: "maas-dc1",
  datacenter: "dc1",
  owner: undefined as string | undefined,
  hasPrevious: false,
  adopt: false,
  actual,
  desired: actual,
};

const fields = fc.record(
  {
    overlordUid: fc.string(),
    apiEndpoint: fc.string(),
    apiKey: fc.option(fc.string()),
    preferredSubnets: fc.option(fc.array(fc.string(), { maxLength: 2 })),
  },
  { noNullPrototype: true },
);

describe("decideAccount", () => {
  it("adopts an equal account without permission and without a write", () => {
    assert.deepEqual(decideAccount(account), { origin: "adopted", changes: [], refusal: undefined });
  });

  it("does not manage what is not described", () => {
    const desired = { ...actual, preferredSubnets: null };
    assert.deepEqual(decideAccount({ ...account, desired }).changes, []);
  });

  it("refuses a change without permission, and names each field with both values but never a key", () => {
    const desired = { ...actual, apiKey: "x:y:z", preferredSubnets: ["10.1.0.0/16"] };
    const { refusal } = decideAccount({ ...account, desired });
    assert.match(
      refusal ?? "",
      /preferredSubnets: \["10\.9\.0\.0\/16"\] -> \["10\.1\.0\.0\/16"\].*palette\.adopt: true/,
    );
    assert.doesNotMatch(refusal ?? "", /x:y:z|a:b:c/);
    assert.equal(decideAccount({ ...account, desired, adopt: true }).refusal, undefined);
  });

  it("references an account of another datacenter, and refuses a difference whatever adopt says", () => {
    assert.equal(decideAccount({ ...account, owner: "dc2" }).origin, "referenced");
    const desired = { ...actual, apiEndpoint: "http://other/MAAS" };
    const { refusal } = decideAccount({ ...account, owner: "dc2", adopt: true, desired });
    assert.match(refusal ?? "", /belongs to datacenter "dc2", and datacenter "dc1" describes it with other values/);
  });

  it("tells what it created from what it adopted by the marker", () => {
    assert.equal(decideAccount({ ...account, owner: "dc1" }).origin, "created");
    assert.equal(decideAccount({ ...account, owner: "dc1", hasPrevious: true }).origin, "adopted");
  });
});

describe("restoreAccount", () => {
  it("restores every changed field when nobody else changed the account", () => {
    fc.assert(
      fc.property(fields, fields, (before, desired) => {
        const { changes } = decideAccount({ ...account, adopt: true, actual: before, desired });
        const previous = Object.fromEntries(changes.map(({ field }) => [field, before[field]]));
        const changed = Object.fromEntries(changes.map(({ field }) => [field, desired[field]]));
        const { fields: restored, left } = restoreAccount({ ...before, ...changed }, previous, desired);
        assert.deepEqual(restored, before);
        assert.deepEqual(left, []);
      }),
    );
  });

  it("leaves a field that somebody else changed since, and reports it", () => {
    const set = { ...actual, preferredSubnets: ["10.1.0.0/16"], apiEndpoint: "http://ours/MAAS" };
    const now = { ...set, preferredSubnets: ["10.2.0.0/16"] };
    const previous = { preferredSubnets: ["10.9.0.0/16"], apiEndpoint: actual.apiEndpoint };
    const { fields: restored, left } = restoreAccount(now, previous, set);
    assert.deepEqual(left, ["preferredSubnets"]);
    assert.deepEqual(restored, { ...now, apiEndpoint: actual.apiEndpoint });
  });
});
