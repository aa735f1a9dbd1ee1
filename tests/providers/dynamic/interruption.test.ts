import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interruptVariable, isInterrupted, pauseUnlessInterrupted } from "../../../providers/dynamic/interruption";

describe("the interrupt of a run", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vmo-metal-test-"));
    file = join(folder, "interrupted");
  });
  afterEach(() => {
    delete process.env[interruptVariable];
    rmSync(folder, { recursive: true });
  });

  it("ends a pause that would last an hour, and every later one", async () => {
    process.env[interruptVariable] = file;
    assert.equal(isInterrupted(), false);
    const pause = pauseUnlessInterrupted(3_600_000);
    writeFileSync(file, "");
    await pause;
    assert.equal(isInterrupted(), true);
    await pauseUnlessInterrupted(3_600_000);
  });

  it("never comes without the variable, and a pause takes its time", async () => {
    writeFileSync(file, "");
    assert.equal(isInterrupted({}), false);
    assert.equal(isInterrupted({ [interruptVariable]: file }), true);
    const begun = Date.now();
    await pauseUnlessInterrupted(50);
    assert.ok(Date.now() - begun >= 45);
  });
});
