import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { substitute, substituteText } from "../../profiles/render/substitute";
import { pureSecretManifest } from "../../profiles/render/pure-secret";
import { referenceVersion, referenceVersions } from "../../profiles/render/reference-versions";
import { hostileExamples, hostileTexts } from "../hostile-texts";
import { rendered } from "./rendered";

/** Keys and types of data, without its values. */
function shape(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(shape);
  if (typeof data !== "object" || data === null) return typeof data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shape(value)]));
}

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
    assert.throws(() => substituteText("l=@{list}", parameters), /a list or an object, inside of a text/);
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

  it("makes px-pure-secret in any namespace, a string in both YAML versions", () => {
    for (const namespace of hostileExamples)
      for (const version of ["1.1", "1.2"] as const) {
        const secret = parse(pureSecretManifest(namespace, []), { version }) as { metadata: { namespace: string } };
        assert.equal(secret.metadata.namespace, namespace);
      }
  });

  it("keeps every text of the description a value of its own, in values, manifests and node files", () => {
    const texts = [
      "storageClass",
      "vmStateStorageClass",
      "powerFlexStoragePool",
      "oidcClientId",
      "oidcIssuerUrl",
    ] as const;
    const more = [
      "oidcGroupsClaim",
      "oidcUsernameClaim",
      "goldenImagesNamespace",
      "grafanaHost",
      "portworxNamespace",
    ] as const;
    fc.assert(
      fc.property(hostileTexts, (value) => {
        const changes = Object.fromEntries([...texts, ...more].map((name) => [name, value]));
        for (const [profile, alternatives] of [
          ["infra", ["own-oidc"]],
          ["infra", ["dell-powerflex"]],
          ["core", []],
        ] as const)
          for (const layer of rendered(profile, { ...changes, storageProvisioner: value }, [...alternatives]).layers) {
            const plain = rendered(profile, {}, [...alternatives]).layers.find(
              ({ pack }) => pack.name === layer.pack.name,
            );
            const before = [plain?.values ?? "", ...(plain?.manifests ?? []).map(({ content }) => content)];
            const after = [layer.values, ...layer.manifests.map(({ content }) => content)];
            for (const [index, text] of after.entries())
              for (const version of ["1.1", "1.2"] as const)
                assert.deepEqual(shape(parse(text, { version })), shape(parse(before[index] ?? "", { version })));
          }
      }),
      { numRuns: 12 },
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
