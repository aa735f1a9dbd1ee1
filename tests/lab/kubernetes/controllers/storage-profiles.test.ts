import assert from "node:assert/strict";
import { planStorageProfiles } from "../../../../lab/kubernetes/controllers/storage-profiles";
import { fieldOf } from "../../../../lab/kubernetes/objects";
import { MemoryCluster, object, storage } from "./memory-cluster";

const RWX_BLOCK = { accessModes: ["ReadWriteMany"], volumeMode: "Block" };

function profile(cluster: MemoryCluster, name = "spectro-storage-class"): unknown {
  cluster.settle(planStorageProfiles);
  return cluster.get("StorageProfile", name);
}

describe("simulated CDI: StorageProfiles", () => {
  it("makes one per class, with CDI's labels and its table's property sets", () => {
    const made = profile(new MemoryCluster().add(...storage()));
    assert.equal(fieldOf(made, "metadata", "labels", "app"), "containerized-data-importer");
    assert.equal(fieldOf(made, "metadata", "labels", "cdi.kubevirt.io"), "");
    assert.deepEqual(fieldOf(made, "spec"), {});
    assert.equal(fieldOf(made, "status", "provisioner"), "pxd.portworx.com");
    assert.equal(fieldOf(made, "status", "cloneStrategy"), "csi-clone");
    assert.deepEqual((fieldOf(made, "status", "claimPropertySets") as unknown[])[0], RWX_BLOCK);
  });

  it("copies the property sets and clone strategy of the spec", () => {
    const cluster = new MemoryCluster().add(
      ...storage(),
      object("StorageProfile", "spectro-storage-class", {
        spec: { claimPropertySets: [RWX_BLOCK], cloneStrategy: "snapshot" },
      }),
    );
    const status = fieldOf(profile(cluster), "status");
    assert.deepEqual(fieldOf(status, "claimPropertySets"), [RWX_BLOCK]);
    assert.equal(fieldOf(status, "cloneStrategy"), "snapshot");
  });

  it("makes a deleted one again and removes one whose class went", () => {
    const cluster = new MemoryCluster().add(...storage());
    assert.ok(profile(cluster));
    cluster.remove("StorageProfile", "spectro-storage-class");
    assert.ok(profile(cluster));
    cluster.remove("StorageClass", "spectro-storage-class");
    assert.equal(profile(cluster), undefined);
  });

  it("knows no property sets of a driver that CDI does not know", () => {
    const status = fieldOf(
      profile(new MemoryCluster().add(...storage("local", "example.test/local")), "local"),
      "status",
    );
    assert.equal(fieldOf(status, "claimPropertySets"), undefined);
    assert.equal(fieldOf(status, "cloneStrategy"), "copy");
  });

  it("clones by snapshot where a VolumeSnapshotClass fits and the table says nothing", () => {
    const cluster = new MemoryCluster().add(
      ...storage("piraeus", "linstor.csi.linbit.com"),
      object("VolumeSnapshotClass", "snapshots", { driver: "linstor.csi.linbit.com" }),
    );
    const status = fieldOf(profile(cluster, "piraeus"), "status");
    assert.equal(fieldOf(status, "cloneStrategy"), "snapshot");
    assert.equal(fieldOf(status, "snapshotClass"), "snapshots");
  });

  it("does nothing while CDI is not installed", () => {
    const cluster = new MemoryCluster(["StorageClass", "CSIDriver"]).add(...storage());
    cluster.settle(planStorageProfiles);
    assert.deepEqual(cluster.done, []);
  });
});
