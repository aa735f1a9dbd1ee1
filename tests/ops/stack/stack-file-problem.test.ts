import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { stackFileProblem } from "../../../ops/stack/stack-file-problem";

const project = join(__dirname, "..", "..", "..");

describe("stackFileProblem", () => {
  const problem = (text: string): string =>
    stackFileProblem("Pulumi.dc1.yaml", text, ["datacenter", "maasApiKey"]) ?? "none";

  it("names file, line and place of broken YAML", () => {
    assert.match(
      problem("config:\n  vmo-metal:datacenter:\n    zones: [az1\n    name: dc1\n"),
      /^Pulumi\.dc1\.yaml is no valid YAML: .* at line 4, column 5:[^]*Correct that line\.$/,
    );
    assert.match(problem("config:\n\tx: 1\n"), /Tabs are not allowed as indentation at line 2/);
    assert.match(problem("config:\n  a: 1\n  a: 2\n"), /Map keys must be unique at line 3/);
  });

  it("finds what the engine overlooks", () => {
    assert.match(problem("- a\n"), /does not begin with settings/);
    assert.match(
      problem("vmo-metal:datacenter:\n  name: dc1\n"),
      /has "vmo-metal:datacenter" at the top.*below config:/,
    );
    assert.match(problem("config:\n  vmo-metal:datacentre: {}\n"), /did you mean "vmo-metal:datacenter"\?$/);
    assert.match(
      problem("config:\n  vmo-metal:zzzzzzzz: {}\n"),
      /known are vmo-metal:datacenter, vmo-metal:maasApiKey$/,
    );
  });

  it("names line and column of what the engine reads as something else", () => {
    const text = "config:\n  vmo-metal:datacenter:\n    zones: [01]\n    networks: { data: { vlan: 010 } }\n";
    assert.match(
      problem(text),
      /differently from how it is written:\nPulumi\.dc1\.yaml:3:13: .*\nPulumi\.dc1\.yaml:4:31: /,
    );
  });

  it("has nothing against an empty file, the engine's own settings, other projects' keys, and the files of this project", () => {
    for (const text of ["", "# nothing yet\n", "encryptionsalt: v1\nconfig:\n  pulumi:tags: {}\n", "config:\n"]) {
      assert.equal(problem(text), "none", text);
    }
    const { config } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as { config: Record<string, unknown> };
    for (const name of ["Pulumi.dev.yaml", "stacks/examples/Pulumi.dc1.yaml", "stacks/examples/Pulumi.large.yaml"]) {
      assert.equal(stackFileProblem(name, readFileSync(join(project, name), "utf8"), Object.keys(config)), undefined);
    }
  });
});
