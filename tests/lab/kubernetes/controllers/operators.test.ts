import assert from "node:assert/strict";
import { planOperators } from "../../../../lab/kubernetes/controllers/operators";
import { listOf, textOf } from "../../../../lab/kubernetes/objects";
import { MemoryCluster, object } from "./memory-cluster";

function condition(cluster: MemoryCluster, kind: string, name: string, type: string): string | undefined {
  const [namespace] = [cluster.get(kind, name)?.metadata.namespace];
  const conditions = listOf(cluster.get(kind, name, namespace), "status", "conditions");
  return textOf(
    conditions.find((one) => textOf(one, "type") === type),
    "status",
  );
}

describe("simulated operators", () => {
  for (const kind of ["KubeVirt", "CDI"]) {
    it(`${kind} is deploying first and deployed in time`, () => {
      const cluster = new MemoryCluster().add(object(kind, "it", { spec: {} }));
      cluster.settle(planOperators);
      assert.equal(textOf(cluster.get(kind, "it"), "status", "phase"), "Deploying");
      assert.equal(condition(cluster, kind, "it", "Available"), "False");
      cluster.settleInTime(planOperators);
      assert.equal(textOf(cluster.get(kind, "it"), "status", "phase"), "Deployed");
      assert.equal(condition(cluster, kind, "it", "Available"), "True");
      assert.equal(condition(cluster, kind, "it", "Degraded"), "False");
    });
  }

  it("one that the lab was told to keep from working never gets there, and does once healed", () => {
    const cluster = new MemoryCluster().add(object("CDI", "cdi", { spec: {} }));
    cluster.facts.stuckOperators = ["CDI"];
    cluster.pass(100_000).settleInTime(planOperators);
    assert.equal(textOf(cluster.get("CDI", "cdi"), "status", "phase"), "Deploying");
    cluster.facts.stuckOperators = [];
    cluster.settleInTime(planOperators);
    assert.equal(textOf(cluster.get("CDI", "cdi"), "status", "phase"), "Deployed");
  });

  it("issuers become ready, and Portworx runs", () => {
    const cluster = new MemoryCluster().add(object("Issuer", "selfsigned"), object("StorageCluster", "px"));
    cluster.settleInTime(planOperators);
    assert.equal(condition(cluster, "Issuer", "selfsigned", "Ready"), "True");
    assert.equal(textOf(cluster.get("StorageCluster", "px"), "status", "phase"), "Running");
  });
});
