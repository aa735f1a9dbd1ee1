import assert from "node:assert/strict";
import { planLoadBalancers } from "../../../../lab/kubernetes/controllers/load-balancers";
import { listOf, textOf, type KubernetesObject } from "../../../../lab/kubernetes/objects";
import { MemoryCluster, object } from "./memory-cluster";

function pool(addresses: string[], more: Record<string, unknown> = {}, name = "first-pool"): KubernetesObject {
  return object("IPAddressPool", name, { spec: { addresses, ...more } }, { namespace: "metallb-system" });
}

function service(name: string, annotations: Record<string, string> = {}): KubernetesObject {
  return object("Service", name, { spec: { type: "LoadBalancer" } }, { namespace: "default", annotations });
}

function addresses(cluster: MemoryCluster, ...names: string[]): (string | undefined)[] {
  cluster.settle(planLoadBalancers);
  return names.map((name) =>
    textOf(listOf(cluster.get("Service", name, "default"), "status", "loadBalancer", "ingress")[0], "ip"),
  );
}

describe("simulated MetalLB", () => {
  it("gives each LoadBalancer an address of its own, until the pool is empty", () => {
    const cluster = new MemoryCluster().add(
      pool(["10.20.40.10-10.20.40.11"]),
      service("a"),
      service("b"),
      service("c"),
    );
    assert.deepEqual(addresses(cluster, "a", "b", "c"), ["10.20.40.10", "10.20.40.11", undefined]);
  });

  it("keeps to wishes: an address, a pool that gives nothing by itself", () => {
    const cluster = new MemoryCluster().add(
      pool(["10.20.40.8/30"]),
      pool(["10.20.50.1-10.20.50.9"], { autoAssign: false }, "reserved"),
      service("wish", { "metallb.io/loadBalancerIPs": "10.20.40.10" }),
      service("named", { "metallb.io/address-pool": "reserved" }),
    );
    assert.deepEqual(addresses(cluster, "wish", "named"), ["10.20.40.10", "10.20.50.1"]);
  });

  it("does nothing for other services", () => {
    const plain = object("Service", "plain", { spec: { type: "ClusterIP" } }, { namespace: "default" });
    assert.deepEqual(addresses(new MemoryCluster().add(pool(["10.20.40.8/30"]), plain), "plain"), [undefined]);
  });
});
