import assert from "node:assert/strict";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { habitsSchema } from "../../../../lab/palette/habits";
import { PackCatalogue } from "../../../../lab/palette/packs/catalogue";
import { parseValues, valueAt } from "../../../../lab/palette/packs/pack-values";
import { readRegistry } from "../../../../lab/palette/packs/read-registry";
import type { PackRevision } from "../../../../lab/palette/model/state";

const PACKS = readRegistry(join(__dirname, "../../../../lab/palette/registry"), "registry");

describe("the lab's pack registry", () => {
  it("has every layer of the reference architecture in its version", () => {
    const versions = PACKS.map((pack) => `${pack.layer} ${pack.name} ${pack.tag}`);
    for (const wanted of [
      "os ubuntu-maas LTS__22.04",
      "k8s kubernetes 1.32.4",
      "cni cni-cilium-oss 1.17.4",
      "csi csi-portworx-generic 3.3.1",
      "addon lb-metallb-helm 0.15.2",
      "addon nginx 1.12.2",
      "addon prometheus-operator 70.2.1",
      "addon virtual-machine-orchestrator 4.7.0",
    ])
      assert.ok(versions.includes(wanted), wanted);
  });

  it("has in its default values every path that values must have, and no placeholder", () => {
    for (const pack of PACKS) {
      const values = parseValues(pack.values);
      assert.ok(values, pack.name);
      for (const path of [...pack.requiredParameters, ...pack.nonEmptyParameters])
        assert.notEqual(valueAt(values, path), undefined, `${pack.name}: ${path}`);
      assert.ok(!pack.values.includes("@version@"), pack.name);
    }
  });

  it("has presets that are YAML, one default per group, each named in the first line of the values", () => {
    for (const pack of PACKS.filter((each) => each.presets.length > 0)) {
      const [, line = ""] = /^# spectrocloud\.com\/enabled-presets: (.+)\n/.exec(pack.values) ?? [];
      for (const choice of line.split(",")) {
        const [group, name] = choice.split(":");
        assert.ok(
          pack.presets.some((preset) => preset.group === group && preset.name === name),
          `${pack.name}: ${choice}`,
        );
      }
      for (const preset of pack.presets) assert.equal(parseDocument(preset.add).errors.length, 0, preset.name);
    }
  });

  it("gives a moving tag its newest version, and follows what is changed in the lab", () => {
    const revisions: PackRevision[] = [];
    const catalogue = new PackCatalogue(
      PACKS,
      () => revisions,
      () => habitsSchema.parse({}),
    );
    assert.equal(catalogue.find("registry", "kubernetes", "1.32.x")?.version, "1.32.6");
    assert.equal(catalogue.find("registry", "kubernetes", "1.99.x"), undefined);
    const before = catalogue.find("registry", "nginx", "1.12.2");
    revisions.push({ name: "nginx", tag: "1.12.2", values: "a: 1\n" });
    const after = catalogue.find("registry", "nginx", "1.12.2");
    assert.notEqual(after?.digest, before?.digest);
    assert.equal(catalogue.byUid(before?.uid ?? "")?.digest, before?.digest);
    revisions.push({ name: "nginx", tag: "1.12.2" });
    assert.equal(catalogue.find("registry", "nginx", "1.12.2"), undefined);
  });
});
