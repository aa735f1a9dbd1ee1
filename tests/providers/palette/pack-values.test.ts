import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { yamlText } from "../../../profiles/render/yaml-text";
import { hostileTexts } from "../../hostile-texts";
import { differingValues, type PackPreset, packValues } from "../../../providers/palette/pack-values";

const defaults = `# how the chart is installed
pack:
  namespace: demo # stays
charts:
  demo:
    replicas: 1
    devices: eth0
    list: [a, b]
`;
const presets: PackPreset[] = [
  { name: "multi", group: "Operator", remove: ["charts.demo.devices"], add: "charts:\n  demo:\n    replicas: 2\n" },
];

describe("packValues", () => {
  it("keeps the pack's comments and order, applies presets, then the overlay", () => {
    const text = packValues(defaults, presets, {
      presets: ["Operator:multi"],
      overlay: "charts:\n  demo:\n    list: [c]\n    added: { deep: true }\n",
    });
    assert.equal(text.split("\n")[0], "# spectrocloud.com/enabled-presets: Operator:multi");
    assert.match(text, /# how the chart is installed/);
    assert.match(text, /namespace: demo # stays/);
    assert.deepEqual(parse(text), {
      pack: { namespace: "demo" },
      charts: { demo: { replicas: 2, list: ["c"], added: { deep: true } } },
    });
  });

  it("gives the same bytes again, also from values that name presets already", () => {
    const change = { presets: ["Operator:multi"], overlay: "pack: { x: 1 }" };
    const once = packValues(defaults, presets, change);
    assert.equal(packValues(once, presets, change), once);
  });

  it("removes what the overlay sets to null, and changes nothing without a change", () => {
    assert.deepEqual(parse(packValues(defaults, [], { presets: [], overlay: "charts: { demo: null }" })), {
      pack: { namespace: "demo" },
      charts: {},
    });
    assert.deepEqual(parse(packValues(defaults, [], { presets: [], overlay: "" })), parse(defaults));
  });

  it("replaces the parameters of a driver as a whole: those of the pack belong to another one", () => {
    const values = "class: { name: a, driver: rbd, params: { pool: p, secret: s } }\nother: { params: { x: 1 } }\n";
    const overlay = "class: { driver: pxd, params: { type: local, gone: null } }\nother: { params: { y: 2 } }\n";
    assert.deepEqual(parse(packValues(values, [], { presets: [], overlay })), {
      class: { name: "a", driver: "pxd", params: { type: "local" } },
      other: { params: { x: 1, y: 2 } },
    });
    const none = "class: { driver: pxd, params: { pool: null } }\n";
    assert.deepEqual(parse(packValues(values, [], { presets: [], overlay: none })), {
      class: { name: "a", driver: "pxd", params: {} },
      other: { params: { x: 1 } },
    });
  });

  it("removes keys with dots, and takes no notice of what the values do not have", () => {
    const values = "spec:\nstorage:\n  annotations:\n    example.io/mode: a\n    example: { io/mode: b }\n";
    const removing: PackPreset = {
      name: "none",
      group: "Mode",
      remove: ["storage.annotations.example\\.io/mode", "storage.labels.x", "spec.placement.zone", "other.key"],
      add: "spec:\n  image: demo\nlist:\n",
    };
    assert.deepEqual(parse(packValues(values, [removing], { presets: ["Mode:none"], overlay: "list: [a]" })), {
      spec: { image: "demo" },
      storage: { annotations: { example: { "io/mode": "b" } } },
      list: ["a"],
    });
  });

  it("keep strings that YAML 1.1 reads as something else strings, and what a pack writes as it is", () => {
    const preset: PackPreset = { name: "on", group: "Mode", add: 'b: "on"\nplain: yes\n# why\nc: &x [d]\ne: *x\n' };
    const overlay = yamlText({ no: "no", list: ["y", "1e3", { "0123": "0123" }], text: "a\nb" });
    const text = packValues("own: off\nquoted: 'off'\n", [preset], { presets: ["Mode:on"], overlay });
    assert.deepEqual(parse(text, { version: "1.1" }), {
      ...{ own: false, quoted: "off", b: "on", plain: true, c: ["d"], e: ["d"] },
      ...{ no: "no", list: ["y", "1e3", { "0123": "0123" }], text: "a\nb" },
    });
  });

  it("keep any text of the overlay, and take none of it for a macro of the pack", () => {
    fc.assert(
      fc.property(hostileTexts, (value) => {
        const overlay = yamlText({ a: value, b: [value] });
        const text = packValues("nodes: {{.spectro.var.nodes}}\n", [], { presets: [], overlay });
        assert.deepEqual(parse(text.replace("{{.spectro.var.nodes}}", "1")), { nodes: 1, a: value, b: [value] });
      }),
    );
  });

  it("names the presets that there are when it does not know one", () => {
    assert.throws(
      () => packValues(defaults, presets, { presets: ["Operator:none"], overlay: "" }),
      /it has: Operator:multi/,
    );
  });
});

describe("differingValues", () => {
  it("takes a macro for a text, with or without quotes", () => {
    assert.deepEqual(
      differingValues('a: {{.spectro.var.x}}\nb: "{{.spectro.var.y}}-1"', 'a: "{{.spectro.var.x}}"\nb: 1'),
      [{ path: "b", keys: ["b"], left: "{{.spectro.var.y}}-1", right: 1 }],
    );
  });

  it("names each path with both sides", () => {
    assert.deepEqual(differingValues("a: { b: 1, c: [1] }", "a: { b: 2, c: [1] }\nd: x"), [
      { path: "a.b", keys: ["a", "b"], left: 1, right: 2 },
      { path: "d", keys: ["d"], left: undefined, right: "x" },
    ]);
  });
});
