import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describedIn } from "../../../ops/stack/described-stack";
import { readSnapshot } from "../../../ops/stack/maas-machines";
import { freshMachine } from "../fresh-machine";

describe("files that stand for a stack", () => {
  const folder = mkdtempSync(join(tmpdir(), "vmo-metal-snapshot-"));
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  after(() => rmSync(folder, { recursive: true }));

  it("reads a list of machines, or one", async () => {
    const machine = freshMachine("worker-1", ["enp1s0"]);
    assert.deepEqual(await readSnapshot(file("list.json", JSON.stringify([machine]))), [machine]);
    assert.deepEqual(await readSnapshot(file("one.json", JSON.stringify(machine))), [machine]);
  });

  it("says how a snapshot is written when a file is none", async () => {
    for (const content of ['[{"name": "x"}]', "# a page", ""]) {
      await assert.rejects(readSnapshot(file("other.json", content)), /maas PROFILE machines read > FILE/);
    }
  });

  it("names the stack file and the setting of a description that cannot be used", async () => {
    const path = file("Pulumi.dc1.yaml", "config:\n  vmo-metal:datacenter:\n    name: dc1\n");
    await assert.rejects(
      describedIn(path),
      /Pulumi\.dc1\.yaml cannot be used as it is:\n[^]*vmo-metal:datacenter\.maas/,
    );
  });
});
