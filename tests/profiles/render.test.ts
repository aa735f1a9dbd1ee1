import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { substitute, substituteText } from "../../profiles/render/substitute";
import { pureSecretManifest } from "../../profiles/render/pure-secret";
import { referenceVersion, referenceVersions } from "../../profiles/render/reference-versions";
import { rendered } from "./rendered";

describe("rendering of profiles", () => {
  for (const profile of ["infra", "core"] as const) {
    it(`gives the same bytes for the same input (${profile})`, () => {
      assert.equal(JSON.stringify(rendered(profile)), JSON.stringify(rendered(profile)));
    });

    it(`leaves no place unfilled (${profile})`, () => {
      assert.doesNotMatch(JSON.stringify(rendered(profile)), /@\{/);
    });

    it(`has values that are YAML, and uses every variable that it declares, and no other (${profile})`, () => {
      const { layers, variables } = rendered(profile);
      for (const { values, manifests } of layers)
        for (const text of [values, ...manifests.map(({ content }) => content)]) assert.ok(parse(text) !== undefined);
      const used = new Set(
        [...JSON.stringify(layers).matchAll(/\{\{\.spectro\.var\.(\w+)\}\}/g)].map(([, name]) => name ?? ""),
      );
      assert.deepEqual([...used].sort(), variables.map(({ name }) => name).sort());
    });
  }

  it("gives a whole place its value with type, and a place in a text as text", () => {
    const parameters = { list: ["a"], number: 3, text: "x" };
    assert.deepEqual(substitute({ a: "@{list}", b: ["@{number}"], c: "n=@{number}" }, parameters), {
      a: ["a"],
      b: [3],
      c: "n=3",
    });
    assert.equal(substituteText("l=@{list}", parameters), 'l=["a"]');
    assert.throws(() => substitute("@{nothing}", parameters), /@\{nothing\}, which is no parameter/);
  });

  it("leaves data without places as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("@{"));
        assert.deepEqual(substitute(value, {}), value);
      }),
    );
  });

  it("makes px-pure-secret of any token, in one line of base64 and in the namespace of the StorageCluster", () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        const text = pureSecretManifest("portworx", [{ managementEndpoint: "[fd00::1]", apiToken: token }]);
        const secret = parse(text) as { metadata: { name: string; namespace: string }; data: Record<string, string> };
        assert.deepEqual(secret.metadata, { name: "px-pure-secret", namespace: "portworx" });
        assert.deepEqual(JSON.parse(Buffer.from(secret.data["pure.json"] ?? "", "base64").toString("utf8")), {
          FlashArrays: [{ MgmtEndPoint: "[fd00::1]", APIToken: token }],
        });
      }),
    );
  });

  it("takes versions from one table", () => {
    assert.equal(referenceVersion("kubernetes"), "1.32.4");
    assert.throws(() => referenceVersion("nothing"), /no row for nothing/);
    for (const { pack, tag, setting, version } of referenceVersions.table) {
      assert.equal(pack === undefined, setting === undefined);
      if (tag !== undefined) assert.ok(tag.endsWith(version), tag);
    }
  });
});
