import assert from "node:assert/strict";
import { planWebhooks } from "../../../../lab/kubernetes/controllers/webhooks";
import { MemoryCluster, object } from "./memory-cluster";

describe("webhooks that refuse connections", () => {
  it("are there while the lab was told so and the operator is installed, and go then", () => {
    const cluster = new MemoryCluster(["CDI", "ValidatingWebhookConfiguration"]);
    const names = (): string[] =>
      ["lab-refused-cdi", "lab-refused-kubevirt"].filter(
        (name) => cluster.get("ValidatingWebhookConfiguration", name) !== undefined,
      );
    cluster.facts.refusedWebhooks = ["CDI", "KubeVirt"];
    cluster.settle(planWebhooks);
    assert.deepEqual(names(), ["lab-refused-cdi"]);
    cluster.facts.refusedWebhooks = [];
    cluster.settle(planWebhooks);
    assert.deepEqual(names(), []);
  });

  it("of others are left alone", () => {
    const cluster = new MemoryCluster().add(object("ValidatingWebhookConfiguration", "cert-manager"));
    cluster.settle(planWebhooks);
    assert.ok(cluster.get("ValidatingWebhookConfiguration", "cert-manager"));
  });
});
