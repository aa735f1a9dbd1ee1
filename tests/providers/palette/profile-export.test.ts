import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readProfileExport } from "../../../providers/palette/profile-export";

const none = { values: {}, manifests: [] };

describe("an exported profile", () => {
  for (const file of ["vmo-core.json", "vmo-core.yaml"]) {
    it(`is read from ${file} with all that it says, without what is of the tenant that it comes from`, () => {
      const text = readFileSync(join(__dirname, "exports", file), "utf8");
      const { layers, variables, ...profile } = readProfileExport(text, file, none);
      assert.deepEqual(profile, {
        name: "VMO-Core-Of-Ours",
        version: "1.9.2",
        description: "Load balancer and objects",
        profileType: "add-on",
        cloudType: "all",
        secretManifests: {},
        secretValues: {},
        maskedVariables: ["grafanaAdminPassword"],
      });
      // The registry by name; one that is named for a layer of manifests means nothing.
      assert.deepEqual(
        layers.map(({ pack }) => [pack.name, pack.tag, pack.layer, pack.registry]),
        [
          ["lb-metallb-helm", "0.15.x", "addon", "Public Repo"],
          ["vmo-storage", "1.0.0", "addon", null],
          ["vmo-networking", "1.0.0", "addon", null],
        ],
      );
      // Whole values as they were exported, a macro without quotes included.
      assert.match(layers[0]?.values ?? "", /\n {14}- \{\{\.spectro\.var\.addresses\}\}\n$/);
      assert.ok(layers.every(({ whole }) => whole));
      assert.deepEqual(
        layers.map(({ manifests }) => manifests.map(({ name }) => name)),
        [[], ["storageprofile-cdi"], []],
      );
      assert.deepEqual(
        variables.map(({ name, displayName, defaultValue, inputType, options }) => [
          name,
          displayName,
          defaultValue,
          inputType,
          options?.map(({ value }) => value),
        ]),
        [
          ["addresses", "Addresses", "10.20.40.10-10.20.40.99", "text", []],
          ["grafanaAdminPassword", "grafanaAdminPassword", null, "text", []],
          ["size", "Size", "small", "dropdown", ["small", "large"]],
        ],
      );
    });
  }
});
