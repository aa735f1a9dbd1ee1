import assert from "node:assert/strict";
import { explainUnauthorised, redact } from "../../../../providers/maas/client/redact";

const key = { consumerKey: "CONSUMER", tokenKey: "TOKENKEY", tokenSecret: "S3CR+T" };

describe("redact", () => {
  it("takes out every part of the key, escaped too", () => {
    const text = redact("a CONSUMER b TOKENKEY c S3CR+T d S3CR%2BT", key);
    for (const secret of ["CONSUMER", "TOKENKEY", "S3CR+T", "S3CR%2BT"]) assert.ok(!text.includes(secret), text);
  });

  it("takes out what looks like a signature, without knowing the key", () => {
    assert.ok(!redact('oauth_signature="&other", oauth_token=xyz', undefined).match(/other|xyz/));
  });

  it("takes out passwords of power drivers", () => {
    assert.ok(!redact('power_pass: "hunter2"', undefined).includes("hunter2"));
  });

  it("leaves other text alone", () => {
    assert.equal(redact("Pool has machines in it", key), "Pool has machines in it");
  });
});

describe("explainUnauthorised", () => {
  it("says in our words what MAAS means, and repeats nothing of it", () => {
    const body = "Authorization Error: 'Invalid signature. Expected signature base string: &S3CR'";
    assert.equal(explainUnauthorised(body), "The secret part of the API key is wrong.");
    assert.match(explainUnauthorised("Authorization Error: Invalid API key."), /does not know this API key/);
    assert.match(explainUnauthorised("Authorization Error: 'Invalid access token: x'"), /token/);
    assert.match(explainUnauthorised("whatever &S3CR"), /did not accept/);
  });
});
