import assert from "node:assert/strict";
import { InputError } from "../../../../providers/dynamic/errors";
import { requestBody } from "../../../../providers/palette/client/request-body";
import {
  accountValidateSchema,
  packTypeOf,
  profileTypeOf,
  upgradeSettingsSchema,
} from "../../../../providers/palette/client/request-schemas";

const account = { apiEndpoint: "http://maas:5240/MAAS", apiKey: "a:b:secret", preferredSubnets: null };

describe("bodies of requests to Palette", () => {
  it("are sent as they are when they keep their schema", () => {
    const body = requestBody(accountValidateSchema, { account });
    assert.deepEqual(body.value, { account });
  });

  it("are not sent when a member is missing, of another type or unknown, and the message holds no value", () => {
    const { apiKey, ...without } = account;
    const wrong: unknown[] = [
      { account: without },
      { account: { ...account, apiEndpoint: 5, apiKey } },
      { account: { ...account, password: "secret" } },
      {},
    ];
    for (const value of wrong) {
      assert.throws(
        () => requestBody(accountValidateSchema, value as { account: typeof account }),
        (failure: Error) => /was not sent: account/.test(failure.message) && !failure.message.includes("secret"),
        JSON.stringify(value),
      );
    }
    assert.throws(
      () => requestBody(upgradeSettingsSchema, { spectroComponents: "open" as "lock" }),
      /spectroComponents/,
    );
  });

  it("name the types that Palette has when a pack or a profile is of another", () => {
    assert.equal(packTypeOf("oci"), "oci");
    assert.equal(profileTypeOf("add-on"), "add-on");
    assert.throws(
      () => packTypeOf("zarf"),
      (failure) => failure instanceof InputError && /spectro, helm, manifest, oci/.test(failure.message),
    );
    assert.throws(() => profileTypeOf("addon"), /cluster, infra, add-on, system/);
  });
});
