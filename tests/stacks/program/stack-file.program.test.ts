import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { datacenterProgram } from "../../../stacks/program/datacenter";
import { stackFileTrapText } from "../../../stacks/program/stack-file";
import { mockEngine } from "../../mock-engine";

describe("the stack file of a program", () => {
  const folder = mkdtempSync(join(tmpdir(), "vmo-metal-stack-file-"));
  const file = join(folder, "Pulumi.dc1.yaml");
  const environment = { VMO_METAL_STACK_FILE: file };
  before(() => mockEngine({ stack: "dc1", preview: true }));
  beforeEach(() => {
    writeFileSync(file, "config:\n  vmo-metal:datacenter:\n    networks: { data: { vlan: 010 } }\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is named with line and column where the engine read something else than what it holds", () => {
    assert.match(
      stackFileTrapText({ networks: { data: { vlan: 8 } } }, environment) ?? "",
      /^Pulumi\.dc1\.yaml:3:31: vmo-metal:datacenter\.networks\.data\.vlan: 010 is read as 8: /,
    );
  });

  it("has no say where the configuration came from elsewhere", () => {
    assert.equal(stackFileTrapText({ networks: { data: { vlan: "010" } } }, environment), undefined);
    assert.equal(stackFileTrapText({ networks: {} }, environment), undefined);
  });

  it("is not needed", () => {
    assert.equal(stackFileTrapText({}, { VMO_METAL_STACK_FILE: join(folder, "none.yaml") }), undefined);
    assert.equal(stackFileTrapText({}, {}), undefined);
  });

  it("ends the program before anything is asked", async () => {
    pulumi.runtime.setAllConfig({ "vmo-metal:datacenter": '{"networks":{"data":{"vlan":8}}}' });
    process.env["VMO_METAL_STACK_FILE"] = file;
    try {
      await assert.rejects(datacenterProgram(), /read differently from how it is written:\nPulumi\.dc1\.yaml:3:31/);
    } finally {
      delete process.env["VMO_METAL_STACK_FILE"];
      pulumi.runtime.setAllConfig({});
    }
  });
});
