import assert from "node:assert/strict";
import { KubernetesFaults } from "../../../lab/kubernetes/faults";
import { setOfCrd } from "../../../lab/kubernetes/packs/pack-installer";

describe("faults of the lab's Kubernetes", () => {
  it("are listed, taken together and cleared one by one or all", () => {
    let changes = 0;
    const faults = new KubernetesFaults(() => (changes += 1));
    const { id } = faults.add({ kind: "broken-image", url: "ubuntu" });
    faults.add({ kind: "operator-stuck", operator: "CDI" });
    faults.add({ kind: "webhook-refused", operator: "KubeVirt" });
    faults.add({ kind: "unreachable", cluster: "dc1" });
    assert.deepEqual(faults.brokenImages(), ["ubuntu"]);
    assert.deepEqual(faults.stuckOperators(), ["CDI"]);
    assert.deepEqual(faults.refusedWebhooks(), ["KubeVirt"]);
    assert.equal(faults.isUnreachable("dc1"), true);
    assert.equal(faults.isUnreachable("dc2"), false);
    faults.clear(id);
    assert.deepEqual(faults.brokenImages(), []);
    faults.clear();
    assert.deepEqual(faults.list(), []);
    assert.equal(changes, 6);
  });

  it("say what they need", () => {
    const faults = new KubernetesFaults(() => undefined);
    assert.throws(
      () => faults.add({ kind: "earthquake" }),
      /kinds: broken-image, operator-stuck, webhook-refused, unreachable/,
    );
    assert.throws(() => faults.add({ kind: "broken-image" }), /url/);
    assert.throws(() => faults.add({ kind: "operator-stuck", operator: "Me" }), /operator/);
  });
});

describe("sets of CRDs", () => {
  for (const [name, set] of [
    ["network-attachment-definitions.k8s.cni.cncf.io", "multus"],
    ["virtualmachines.kubevirt.io", "kubevirt"],
    ["virtualmachinepreferences.instancetype.kubevirt.io", "kubevirt"],
    ["datavolumes.cdi.kubevirt.io", "cdi"],
    ["volumesnapshots.snapshot.storage.k8s.io", "snapshot"],
    ["orders.acme.cert-manager.io", "cert-manager"],
    ["ipaddresspools.metallb.io", "metallb"],
    ["volumes.example.test", undefined],
  ] as const) {
    it(`${name}: ${set}`, () => assert.equal(setOfCrd(name), set));
  }
});
