import assert from "node:assert/strict";
import { contentsOfPack, maximumPodsOf, paletteBase } from "../../../../lab/kubernetes/packs/contents-of-pack";
import { fieldOf, type KubernetesObject } from "../../../../lab/kubernetes/objects";
import type { InstalledPack } from "../../../../lab/kubernetes/platform";
import { PORTWORX_VALUES, VMO_VALUES } from "./values";

function pack(name: string, values: string, more: Partial<InstalledPack> = {}): InstalledPack {
  return { name, layer: "addon", version: "1.0.0", values, manifests: [], ...more };
}

function objects(one: InstalledPack): KubernetesObject[] {
  return contentsOfPack(one).flatMap((stage) => stage.objects);
}

function find(all: KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = all.find((one) => one.kind === kind && one.metadata.name === name);
  assert.ok(found, `${kind} ${name}`);
  return found;
}

describe("what packs bring", () => {
  it("Portworx: StorageCluster, driver and all classes, with parameters as text", () => {
    const all = objects(pack("csi-portworx-generic", PORTWORX_VALUES, { layer: "csi" }));
    assert.equal(find(all, "StorageCluster", "px-dc1").metadata.namespace, "portworx");
    find(all, "CSIDriver", "pxd.portworx.com");
    const storageClass = find(all, "StorageClass", "spectro-storage-class");
    assert.deepEqual(storageClass["parameters"], { repl: "2", nodiscard: "true" });
    assert.equal(storageClass.metadata.annotations?.["storageclass.kubernetes.io/is-default-class"], "true");
    assert.equal(storageClass.metadata.annotations?.["storageclass.kubevirt.io/is-default-virt-class"], "true");
    const state = find(all, "StorageClass", "vm-state");
    assert.equal(state.metadata.annotations?.["storageclass.kubernetes.io/is-default-class"], "false");
  });

  it("VM Orchestrator: namespaces and proxies as its chart makes them, marked by Helm", () => {
    const all = objects(pack("virtual-machine-orchestrator", VMO_VALUES));
    for (const name of ["virtual-machines", "vmo-golden-images"])
      assert.equal(find(all, "Namespace", name).metadata.labels?.["app.kubernetes.io/managed-by"], "Helm");
    for (const name of ["cdi-uploadproxy-lb", "virt-exportproxy-lb"])
      assert.equal(fieldOf(find(all, "Service", name), "spec", "type"), "LoadBalancer");
  });

  it("another storage pack: classes wherever its chart keeps them, and drivers of its manifests", () => {
    const content =
      "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: more }\nprovisioner: more.example.test\n";
    const values = "charts: { cluster: { pools: [{ storageClass: { name: ceph-block, isDefault: true } }] } }";
    const all = objects(pack("csi-rook-ceph-helm", values, { layer: "csi", manifests: [{ name: "more", content }] }));
    assert.equal(find(all, "StorageClass", "ceph-block")["provisioner"], "rook-ceph.rbd.csi.ceph.com");
    find(all, "CSIDriver", "more.example.test");
  });

  it("Dell CSM: the one class of its values, and the driver that the class names", () => {
    const values = "charts: { csm-operator: { storageclass: { name: flex, provisioner: csi-vxflexos.dellemc.com } } }";
    const all = objects(pack("csi-dell-csm-operator", values, { layer: "csi" }));
    assert.equal(find(all, "StorageClass", "flex")["provisioner"], "csi-vxflexos.dellemc.com");
    assert.deepEqual(
      all.filter(({ kind }) => kind === "CSIDriver").map(({ metadata }) => metadata.name),
      ["csi-vxflexos.dellemc.com"],
    );
  });

  it("MetalLB: pools and advertisements in its namespace", () => {
    const values = `
pack: { namespace: metallb-system }
charts:
  metallb-full:
    configuration:
      ipaddresspools: { first-pool: { spec: { addresses: [10.20.40.10-10.20.40.99] } } }
      l2advertisements: { default: { spec: { ipAddressPools: [first-pool], interfaces: [bond_mgmt.10] } } }
`;
    const stages = contentsOfPack(pack("lb-metallb-helm", values));
    assert.ok(stages.some((stage) => stage.crds.includes("metallb")));
    const all = stages.flatMap((stage) => stage.objects);
    assert.equal(find(all, "IPAddressPool", "first-pool").metadata.namespace, "metallb-system");
    find(all, "L2Advertisement", "default");
  });

  it("VMO: CRDs in the order of a real installation, KubeVirt, CDI, snapshots and namespaces from its values", () => {
    const stages = contentsOfPack(pack("virtual-machine-orchestrator", VMO_VALUES));
    assert.deepEqual(
      stages.flatMap((stage) => stage.crds),
      ["vmtemplates", "multus", "kubevirt", "cdi", "snapshot"],
    );
    const all = stages.flatMap((stage) => stage.objects);
    for (const name of ["vm-dashboard", "kubevirt", "cdi", "vmo-golden-images", "virtual-machines"]) {
      find(all, "Namespace", name);
    }
    const kubeVirt = find(all, "KubeVirt", "kubevirt");
    assert.deepEqual(fieldOf(kubeVirt, "spec", "configuration"), {
      evictionStrategy: "LiveMigrate",
      vmStateStorageClass: "vm-state",
      developerConfiguration: { featureGates: ["LiveMigration", "Snapshot"] },
    });
    const gates = fieldOf(find(all, "CDI", "cdi"), "spec", "config", "featureGates");
    assert.deepEqual(gates, ["HonorWaitForFirstConsumer"]);
    assert.equal(find(all, "VolumeSnapshotClass", "px")["driver"], "pxd.portworx.com");
    assert.equal(find(all, "Namespace", "kubevirt").metadata.labels?.["x"], "y");
  });

  it("VMO: parts that are switched off stay away", () => {
    const off = "charts: { virtual-machine-orchestrator: { cdi: { enabled: false }, multus: { enabled: false } } }";
    const crds = contentsOfPack(pack("virtual-machine-orchestrator", off)).flatMap((stage) => stage.crds);
    assert.deepEqual(crds, ["vmtemplates", "kubevirt", "snapshot"]);
  });

  it("any layer: namespaces of its values, then its manifests in order", () => {
    const manifests = [
      {
        name: "one",
        content:
          "---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\n# nothing\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n",
      },
      { name: "two", content: "apiVersion: v1\nkind: Secret\nmetadata: { name: c }\n" },
    ];
    const all = objects(pack("prometheus-operator", "pack: { namespace: monitoring }", { manifests }));
    assert.deepEqual(
      all.map((one) => one.metadata.name),
      ["monitoring", "a", "b", "c"],
    );
  });

  it("names the pack or manifest whose text is wrong", () => {
    assert.throws(() => contentsOfPack(pack("nginx", "a: [")), /values of pack nginx are not YAML/);
    assert.throws(() => contentsOfPack(pack("nginx", "- a")), /values of pack nginx are not a map/);
    const manifests = [{ name: "broken", content: "kind: ConfigMap" }];
    assert.throws(() => contentsOfPack(pack("x", "", { manifests })), /manifest broken/);
  });

  it("Palette brings its namespaces and cert-manager", () => {
    const [stage] = paletteBase("abc");
    assert.deepEqual(stage?.crds, ["cert-manager"]);
    find(stage.objects, "Namespace", "cluster-abc");
  });

  it("reads the pods per node from the node files of the OS layer only", () => {
    const values =
      "kubeadmconfig:\n  files:\n    - content: |\n        kind: KubeletConfiguration\n        maxPods: 250\n";
    assert.equal(maximumPodsOf(pack("ubuntu-maas", values, { layer: "os" })), 250);
    assert.equal(maximumPodsOf(pack("other", values)), undefined);
    assert.equal(maximumPodsOf(pack("ubuntu-maas", "", { layer: "os" })), undefined);
  });
});
