import assert from "node:assert/strict";
import { planVolumes } from "../../../../lab/kubernetes/controllers/volumes";
import { fieldOf, textOf, type KubernetesObject } from "../../../../lab/kubernetes/objects";
import { MemoryCluster, object, storage } from "./memory-cluster";

function claim(storageClassName = "spectro-storage-class", size = "1Gi"): KubernetesObject {
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } };
  return object("PersistentVolumeClaim", "data", { spec, status: { phase: "Pending" } }, { namespace: "default" });
}

function phase(cluster: MemoryCluster): string | undefined {
  cluster.settle(planVolumes);
  return textOf(cluster.get("PersistentVolumeClaim", "data", "default"), "status", "phase");
}

const IMMEDIATE = { volumeBindingMode: "Immediate" };

describe("simulated storage driver", () => {
  it("binds at once with Immediate, and on WaitForFirstConsumer when a pod wants it", () => {
    assert.equal(phase(new MemoryCluster().add(...storage(undefined, undefined, IMMEDIATE), claim())), "Bound");
    const waiting = new MemoryCluster().add(...storage(), claim());
    assert.equal(phase(waiting), "Pending");
    const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "data" } }];
    waiting.add(object("Pod", "consumer", { spec: { volumes } }, { namespace: "default" }));
    assert.equal(phase(waiting), "Bound");
  });

  it("leaves claims of an unknown class or without a driver pending", () => {
    assert.equal(phase(new MemoryCluster().add(...storage(), claim("other"))), "Pending");
    const [, storageClass] = storage(undefined, undefined, IMMEDIATE);
    assert.equal(phase(new MemoryCluster().add(storageClass as KubernetesObject, claim())), "Pending");
  });

  it("removes a volume with its claim, or releases it when the class says Retain", () => {
    for (const [reclaimPolicy, left] of [
      ["Delete", 0],
      ["Retain", 1],
    ] as const) {
      const cluster = new MemoryCluster().add(
        ...storage(undefined, undefined, { ...IMMEDIATE, reclaimPolicy }),
        claim(),
      );
      assert.equal(phase(cluster), "Bound");
      cluster.remove("PersistentVolumeClaim", "data", "default").settle(planVolumes);
      assert.equal(cluster.names("PersistentVolume").length, left);
    }
  });

  it("never touches a volume that no driver of the lab made", () => {
    const spec = { claimRef: { uid: "gone" }, persistentVolumeReclaimPolicy: "Delete" };
    const cluster = new MemoryCluster().add(object("PersistentVolume", "by-hand", { spec }));
    cluster.settle(planVolumes);
    assert.deepEqual(cluster.names("PersistentVolume"), ["by-hand"]);
  });

  it("grows a volume with its claim", () => {
    const cluster = new MemoryCluster().add(...storage(undefined, undefined, IMMEDIATE), claim());
    assert.equal(phase(cluster), "Bound");
    const bound = cluster.get("PersistentVolumeClaim", "data", "default") as KubernetesObject;
    cluster.add({ ...bound, spec: { ...(bound["spec"] as object), resources: { requests: { storage: "2Gi" } } } });
    cluster.settle(planVolumes);
    const grown = cluster.get("PersistentVolumeClaim", "data", "default");
    assert.equal(fieldOf(grown, "status", "capacity", "storage"), "2Gi");
    assert.equal(
      fieldOf(cluster.get("PersistentVolume", `pvc-${bound.metadata.uid}`), "spec", "capacity", "storage"),
      "2Gi",
    );
  });
});
