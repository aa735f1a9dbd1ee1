import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { definitionIn } from "../../../ops/setup/custom-resource-definitions";

describe("definitionIn", () => {
  const definition = "kind: CustomResourceDefinition\nmetadata:\n  name: a.b.c\n";

  it("answers the name and the text without Helm's lines", () => {
    const found = definitionIn(`{{- if .x }}\n---\n${definition}  {{- with .y }}\n`, "file");
    assert.equal(found.name, "a.b.c");
    assert.deepEqual(parse(found.text), { kind: "CustomResourceDefinition", metadata: { name: "a.b.c" } });
  });

  it("refuses a file with none or several", () => {
    assert.throws(() => definitionIn("kind: Secret\n", "some.yaml"), /some\.yaml holds 0 /);
    assert.throws(() => definitionIn(`${definition}---\n${definition}`, "some.yaml"), /holds 2 /);
  });
});

describe("the lab's own definitions", () => {
  const folder = join(__dirname, "..", "..", "..", "lab", "kubernetes", "crds");

  it("hold one definition each, named after its plural and group", async () => {
    for (const file of await readdir(folder)) {
      const { name, text } = definitionIn(await readFile(join(folder, file), "utf8"), file);
      const { spec } = parse(text) as { spec: { group: string; names: { plural: string } } };
      assert.equal(name, `${spec.names.plural}.${spec.group}`);
      assert.equal(file, `${spec.names.plural}.yaml`);
    }
  });
});
