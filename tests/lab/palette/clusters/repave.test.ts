import assert from "node:assert/strict";
import { nodeDigest, repaveReasons } from "../../../../lab/palette/clusters/repave";
import type { NodeLayer } from "../../../../lab/palette/model/cluster";
import type { Layer } from "../../../../lab/palette/model/profile";

function nodeLayer(layer: Layer, version: string, values: string): NodeLayer {
  return {
    profileUid: "p",
    pack: {
      name: layer === "os" ? "ubuntu-maas" : "kubernetes",
      type: "spectro",
      layer,
      tag: version,
      version,
      registryUid: "r",
      packUid: "u",
      digest: "d",
      values,
      manifests: [],
    },
  };
}

const K8S = "pack: {podCIDR: 10.0.0.0/16, palette: {config: a}}\nkubeadmconfig: {kubeletExtraArgs: {a: b}}\n";
const OS = "kubeadmconfig: {files: []}\n";

describe("repaveReasons", () => {
  const current = [nodeLayer("os", "22.04", OS), nodeLayer("k8s", "1.32.4", K8S)];
  const reasons = (os: NodeLayer, kubernetes: NodeLayer) =>
    repaveReasons(current, [os, kubernetes]).map(({ code, diffConfigKeys }) => [code, ...diffConfigKeys]);
  const [os, kubernetes] = current;
  assert.ok(os && kubernetes);

  it("are none for the same nodes, whatever else changes", () => {
    assert.deepEqual(reasons(os, kubernetes), []);
    const other = nodeLayer("k8s", "1.32.4", K8S.replace("config: a", "config: b"));
    assert.deepEqual(reasons(os, other), []);
    assert.equal(nodeDigest(other), nodeDigest(kubernetes));
  });

  it("name another version and the changed parts of nodes", () => {
    assert.deepEqual(reasons(os, nodeLayer("k8s", "1.32.6", K8S)), [["PackVersionChanged"]]);
    const changed = nodeLayer("k8s", "1.32.4", K8S.replace("a: b", "a: c"));
    assert.deepEqual(reasons(os, changed), [["PackValuesChanged", "kubeadmconfig.kubeletExtraArgs.a"]]);
    assert.notEqual(nodeDigest(changed), nodeDigest(kubernetes));
    const files = nodeLayer("os", "22.04", OS.replace("[]", "[{targetPath: /x}]"));
    assert.deepEqual(reasons(files, kubernetes), [["PackValuesChanged", "kubeadmconfig.files"]]);
  });
});
