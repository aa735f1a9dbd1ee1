import assert from "node:assert/strict";
import { withoutSecrets } from "../../../../lab/palette/observation/masking";

describe("withoutSecrets", () => {
  it("masks credentials and the texts that hold them, at any depth, and nothing else", () => {
    const value = {
      spec: { apiEndpoint: "http://maas", apiKey: "a:b:c" },
      packs: [{ name: "p", values: "adminPassword: welcome", manifests: [{ name: "m", content: "token" }] }],
      variables: [{ name: "v", value: "secret", defaultValue: "secret" }],
      own: { values: { v: "secret" } },
      taints: [{ key: "k", value: "v", effect: "NoSchedule" }],
      patch: [{ op: "replace", path: "/spec", value: "secret" }],
      match: { values: ["a name"] },
      kubeconfig: "yaml",
      empty: { apiKey: "" },
    };
    assert.deepEqual(withoutSecrets(value), {
      spec: { apiEndpoint: "http://maas", apiKey: "********" },
      packs: [{ name: "p", values: "********", manifests: [{ name: "m", content: "********" }] }],
      variables: [{ name: "v", value: "********", defaultValue: "********" }],
      own: { values: { v: "********" } },
      taints: [{ key: "k", value: "v", effect: "NoSchedule" }],
      patch: [{ op: "replace", path: "/spec", value: "********" }],
      match: { values: ["a name"] },
      kubeconfig: "********",
      empty: { apiKey: "" },
    });
  });
});
