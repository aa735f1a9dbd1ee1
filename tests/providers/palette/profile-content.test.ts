import assert from "node:assert/strict";
import { contentHash, type ProfileContent } from "../../../providers/palette/profile-content";

function content(values: string): ProfileContent {
  const pack = { name: "csi-portworx-generic", tag: "3.3.1", layer: "csi", registry: "Public Repo" } as const;
  return {
    profileType: "infra",
    cloudType: "maas",
    layers: [{ pack, presets: [], values, manifests: [] }],
    variables: [],
  };
}

describe("the hash of a profile's content", () => {
  it("is that of versions before 0.2.0, which held a number that is a variable in quotes", () => {
    const before = 'spec:\n  maxStorageNodes: "{{.spectro.var.maxStorageNodes}}"\n  other: 1\n';
    const now = "spec:\n  maxStorageNodes: +{{.spectro.var.maxStorageNodes}}\n  other: 1\n";
    assert.equal(contentHash(content(now)), contentHash(content(before)));
  });

  it("differs with any other change", () => {
    assert.notEqual(contentHash(content("a: +1\n")), contentHash(content('a: "1"\n')));
    assert.notEqual(contentHash(content("a: 1\n")), contentHash(content("a: 2\n")));
  });
});
