import assert from "node:assert/strict";
import { plaintextSecrets } from "../../../stacks/program/plaintext-secrets";

describe("plaintextSecrets", () => {
  const keys = ["maasApiKey", "grafanaAdminPassword"];

  it("are those that the engine does not call encrypted", () => {
    const environment = { PULUMI_CONFIG_SECRET_KEYS: '["vmo-metal:maasApiKey","other:grafanaAdminPassword"]' };
    assert.deepEqual(plaintextSecrets(keys, environment), ["grafanaAdminPassword"]);
  });

  it("are all when nothing is encrypted", () => {
    assert.deepEqual(plaintextSecrets(keys, { PULUMI_CONFIG_SECRET_KEYS: "[]" }), keys);
  });

  it("are none when no engine tells", () => {
    assert.deepEqual(plaintextSecrets(keys, {}), []);
    assert.deepEqual(plaintextSecrets(keys, { PULUMI_CONFIG_SECRET_KEYS: "" }), []);
  });
});
