import assert from "node:assert/strict";
import { hideSecrets, secretsIn } from "../../../providers/http/redact";

const secrets = ["CONSUMER", "TOKENKEY", "S3CR+T"];

describe("hideSecrets", () => {
  it("hides every secret, escaped too", () => {
    const text = hideSecrets("a CONSUMER b TOKENKEY c S3CR+T d S3CR%2BT", secrets);
    for (const secret of [...secrets, "S3CR%2BT"]) assert.ok(!text.includes(secret), text);
  });

  it("hides the longer of two secrets of which one begins the other", () => {
    assert.equal(hideSecrets("secret-and-more", ["secret", "secret-and-more"]), "[hidden]");
  });

  it("hides what looks like a signature, without knowing the key", () => {
    assert.ok(!hideSecrets('oauth_signature="&other", oauth_token=xyz', []).match(/other|xyz/));
  });

  it("hides passwords of power drivers and keys in JSON", () => {
    assert.ok(!hideSecrets('power_pass: "hunter2"', []).includes("hunter2"));
    assert.ok(!hideSecrets('{"apiKey":"a:b:c"}', []).includes("a:b:c"));
  });

  it("leaves other text alone", () => {
    assert.equal(hideSecrets("Pool has machines in it", [...secrets, "in"]), "Pool has machines in it");
  });
});

describe("secretsIn", () => {
  it("finds the secrets that a body sends, at any depth", () => {
    const body = {
      account: { apiEndpoint: "http://maas", apiKey: "a:b:c" },
      power_parameters_power_pass: "hunter2",
      variables: [
        { name: "password", value: "masked", isSensitive: true },
        { name: "plain", value: "shown" },
      ],
    };
    assert.deepEqual(secretsIn(body).sort(), ["a:b:c", "hunter2", "masked"]);
  });
});
