import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withPrivateTemporaryFolder } from "../../../ops/engine/private-temporary-folder";

describe("the folder for temporary files of one run of the engine", () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "vmo-metal-test-"));
  });
  afterEach(() => {
    rmSync(base, { recursive: true });
  });
  const runFolders = (): string[] => readdirSync(base).filter((name) => name.startsWith("vmo-metal-run-"));

  it("is its owner's alone, and gone with all that is in it afterwards", async () => {
    const folder = await withPrivateTemporaryFolder(async ({ TMPDIR = "" }) => {
      assert.equal(statSync(TMPDIR).mode & 0o777, 0o700);
      writeFileSync(join(TMPDIR, "kubeconfig1"), "token: secret");
      return Promise.resolve(TMPDIR);
    }, base);
    assert.ok(!existsSync(folder));
  });

  it("is gone after a failure too", async () => {
    const failing = withPrivateTemporaryFolder(() => Promise.reject(new Error("no engine")), base);
    await assert.rejects(failing, /no engine/);
    assert.deepEqual(runFolders(), []);
  });

  it("keeps what tsx has compiled for the next run", async () => {
    await withPrivateTemporaryFolder(async ({ TMPDIR = "" }) => {
      const [compiled = ""] = readdirSync(TMPDIR);
      writeFileSync(join(TMPDIR, compiled, "module"), "compiled");
      return Promise.resolve();
    }, base);
    const [compiled = ""] = readdirSync(base);
    assert.deepEqual(readdirSync(join(base, compiled)), ["module"]);
  });

  it("removes what a killed run has left, and nothing of one that is under way", async () => {
    const dead = spawnSync(process.execPath, ["--version"]).pid;
    for (const owner of [dead, process.pid]) mkdirSync(join(base, `vmo-metal-run-${owner}-x`));
    await withPrivateTemporaryFolder(() => Promise.resolve(), base);
    assert.deepEqual(runFolders(), [`vmo-metal-run-${process.pid}-x`]);
  });
});
