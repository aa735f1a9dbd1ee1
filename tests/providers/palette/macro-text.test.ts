import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { withMacrosKept } from "../../../providers/palette/macro-text";
import { packValues } from "../../../providers/palette/pack-values";

const values = `spec:
  nodes: {{.spectro.var.nodes}} # a number
  name: "px-{{ .spectro.system.cluster.name }}"
  label: enforce-version=v{{ .spectro.system.kubernetes.version | substr 0 4 }}
  list: [{{.spectro.var.one}}, two]
`;

describe("macros in YAML", () => {
  it("stay as they are written while something else changes", () => {
    const changed = withMacrosKept(values, (text) => {
      const document = parseDocument(text);
      document.setIn(["spec", "token"], "x{{y}}");
      return document.toString({ lineWidth: 0 });
    });
    assert.equal(
      changed,
      values.replace("[{{.spectro.var.one}}, two]", "[ {{.spectro.var.one}}, two ]") + "  token: x{{y}}\n",
    );
  });

  it("stay in a pack's own values, and come in quotes where the profile puts them", () => {
    const text = packValues(values, [], { presets: [], overlay: 'spec: { name: "{{.spectro.var.name}}" }' });
    assert.match(text, /^ {2}nodes: \{\{\.spectro\.var\.nodes\}\} # a number$/m);
    assert.match(text, /^ {2}name: "\{\{\.spectro\.var\.name\}\}"$/m);
  });

  it("any text without a change stays the same", () => {
    fc.assert(fc.property(fc.string(), (text) => withMacrosKept(text, (same) => same) === text));
    fc.assert(
      fc.property(fc.array(fc.constantFrom("{{", "}}", "{{.a}}", "vmo-metal-macro-", "0-", " x")), (parts) => {
        const text = parts.join("");
        fc.pre(!text.includes("vmo-metal-macro-0-"));
        assert.equal(
          withMacrosKept(text, (same) => same),
          text,
        );
      }),
    );
  });
});
