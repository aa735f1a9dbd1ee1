import assert from "node:assert/strict";
import fc from "fast-check";
import { nextPodCidr, planNodes } from "../../../../lab/kubernetes/controllers/nodes";
import { fieldOf, listOf, textOf } from "../../../../lab/kubernetes/objects";
import type { KubernetesNode } from "../../../../lab/kubernetes/platform";
import { MemoryCluster, object } from "./memory-cluster";

function node(name: string, more: Partial<KubernetesNode> = {}): KubernetesNode {
  return {
    name,
    controlPlane: false,
    zone: "az1",
    internalIp: "172.16.0.11",
    cpuCount: 64,
    memoryMebibytes: 1024 * 1024,
    labels: { pool: "worker-pool" },
    taints: [],
    ...more,
  };
}

function cluster(nodes: KubernetesNode[], podCidr = "100.64.0.0/18"): MemoryCluster {
  const memory = new MemoryCluster();
  memory.facts = { ...memory.facts, nodes, podCidr };
  memory.settle(planNodes);
  return memory;
}

function readiness(memory: MemoryCluster, name: string): string | undefined {
  const conditions = listOf(memory.get("Node", name), "status", "conditions");
  return textOf(
    conditions.find((one) => textOf(one, "type") === "Ready"),
    "status",
  );
}

describe("simulated Nodes", () => {
  it("has one per machine with role, zone, address and capacity", () => {
    const memory = cluster([node("worker-1"), node("cp-1", { controlPlane: true, zone: "az2" })]);
    const worker = memory.get("Node", "worker-1");
    assert.deepEqual(worker?.metadata.labels, {
      "kubernetes.io/hostname": "worker-1",
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": "amd64",
      "topology.kubernetes.io/zone": "az1",
      "node-role.kubernetes.io/worker": "",
      pool: "worker-pool",
    });
    assert.deepEqual(listOf(worker, "status", "addresses")[0], { type: "InternalIP", address: "172.16.0.11" });
    assert.equal(fieldOf(worker, "status", "capacity", "cpu"), "64");
    assert.equal(fieldOf(worker, "status", "capacity", "memory"), "1Ti");
    assert.equal(readiness(memory, "worker-1"), "True");
    const controlPlane = memory.get("Node", "cp-1");
    assert.equal(controlPlane?.metadata.labels?.["node-role.kubernetes.io/control-plane"], "");
    assert.equal(textOf(listOf(controlPlane, "spec", "taints")[0], "key"), "node-role.kubernetes.io/control-plane");
  });

  it("follows the list: a machine that left goes, a deleted Node comes back, labels of a pool change", () => {
    const memory = cluster([node("worker-1"), node("worker-2")]);
    memory.facts.nodes = [node("worker-2", { labels: { pool: "other" } }), node("worker-3")];
    memory.settle(planNodes);
    assert.deepEqual(memory.names("Node").sort(), ["worker-2", "worker-3"]);
    assert.equal(memory.get("Node", "worker-2")?.metadata.labels?.["pool"], "other");
    memory.remove("Node", "worker-3").settle(planNodes);
    assert.deepEqual(memory.names("Node").sort(), ["worker-2", "worker-3"]);
  });

  it("runs out of pod networks as life does: the Node stays NotReady", () => {
    const memory = cluster(
      ["a", "b", "c"].map((name) => node(name)),
      "100.64.0.0/23",
    );
    assert.deepEqual(["a", "b", "c"].map((name) => readiness(memory, name)).sort(), ["False", "True", "True"]);
  });

  it("takes virtual machines once KubeVirt is deployed", () => {
    const memory = cluster([node("worker-1")]);
    memory.add(object("KubeVirt", "kubevirt", { status: { phase: "Deployed" } }, { namespace: "kubevirt" }));
    memory.settle(planNodes);
    assert.equal(memory.get("Node", "worker-1")?.metadata.labels?.["kubevirt.io/schedulable"], "true");
    assert.equal(fieldOf(memory.get("Node", "worker-1"), "status", "allocatable", "devices.kubevirt.io/kvm"), "1k");
  });

  it("gives every node a /24 of its own inside the pod network", () => {
    fc.assert(
      fc.property(fc.integer({ min: 17, max: 24 }), fc.integer({ min: 1, max: 40 }), (prefix, count) => {
        const taken = new Set<string>();
        for (let made = 0; made < count; made += 1) {
          const next = nextPodCidr(`100.64.0.0/${prefix}`, taken);
          if (next === undefined) break;
          assert.ok(!taken.has(next));
          taken.add(next);
        }
        assert.equal(taken.size, Math.min(count, 2 ** (24 - prefix)));
      }),
    );
  });
});
