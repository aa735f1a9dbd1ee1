import assert from "node:assert/strict";
import { storageCapabilities } from "../../../lab/kubernetes/storage-capabilities";

/** Whether CDI would pick RWX Block for a class of this provisioner first, and how it clones there. */
function first(provisioner: string, parameters: Record<string, string> = {}): [string, string | undefined] {
  const metadata = { name: "class" };
  const known = storageCapabilities({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata,
    provisioner,
    parameters,
  });
  const [set] = known.claimPropertySets;
  return [set === undefined ? "none" : `${set.accessModes.join()} ${set.volumeMode}`, known.cloneStrategy];
}

describe("CDI's table of storage providers", () => {
  const BLOCK = "ReadWriteMany Block";
  const rows: [string, Record<string, string>, string, string | undefined][] = [
    ["pxd.portworx.com", {}, BLOCK, "csi-clone"],
    ["pxd.portworx.com", { backend: "pure_block" }, BLOCK, "csi-clone"],
    ["linstor.csi.linbit.com", {}, BLOCK, undefined],
    ["rook-ceph.rbd.csi.ceph.com", {}, BLOCK, "csi-clone"],
    ["driver.longhorn.io", {}, "ReadWriteOnce Block", undefined],
    ["driver.longhorn.io", { migratable: "true" }, BLOCK, undefined],
    ["csi.trident.netapp.io", { backendType: "ontap-san-economy" }, BLOCK, "snapshot"],
    ["csi.trident.netapp.io", { backendType: "ontap-nas" }, "ReadWriteMany Filesystem", "snapshot"],
    ["csi.trident.netapp.io", {}, "none", undefined],
    ["csi-vxflexos.dellemc.com", {}, BLOCK, "csi-clone"],
    ["csi-powermax.dellemc.com", { "csi.storage.k8s.io/fstype": "nfs" }, "ReadWriteMany Filesystem", "csi-clone"],
    ["csi-powerstore.dellemc.com", {}, BLOCK, "copy"],
    ["hspc.csi.hitachi.com", {}, BLOCK, "csi-clone"],
    ["example.test/unknown", {}, "none", undefined],
  ];
  for (const [provisioner, parameters, set, clone] of rows) {
    it(`${provisioner} ${JSON.stringify(parameters)}: ${set}`, () => {
      assert.deepEqual(first(provisioner, parameters), [set, clone]);
    });
  }
});
