import assert from "node:assert/strict";
import { InputError } from "../../../../providers/dynamic/errors";
import { parseApiKey } from "../../../../providers/maas/client/api-key";
import { authorization } from "../../../../providers/maas/client/signature";

const key = parseApiKey(" con:tok:sec ", "test");

describe("authorization", () => {
  it("signs in plain text, with MAAS's empty consumer secret", () => {
    const header = authorization(key, new Date(1_700_000_000_000));
    assert.match(header, /^OAuth /);
    assert.match(header, /oauth_signature_method="PLAINTEXT"/);
    assert.match(header, /oauth_consumer_key="con"/);
    assert.match(header, /oauth_token="tok"/);
    assert.match(header, /oauth_signature="%26sec"/);
    assert.match(header, /oauth_timestamp="1700000000"/);
  });

  it("never uses a nonce twice", () => {
    const nonces = Array.from({ length: 100 }, () => /oauth_nonce="([^"]+)"/.exec(authorization(key))?.[1]);
    assert.equal(new Set(nonces).size, 100);
  });
});

describe("parseApiKey", () => {
  for (const text of ["", "a:b", "a:b:c:d", "::", "a::c"]) {
    it(`refuses ${JSON.stringify(text)} without repeating it`, () => {
      assert.throws(
        () => parseApiKey(text, "vmo-metal:maasApiKey"),
        (failure) =>
          failure instanceof InputError && /vmo-metal:maasApiKey.*consumer:token:secret/.test(failure.message),
      );
    });
  }
});
