import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  interruption,
  interruptVariable,
  isInterrupted,
  pauseUnlessInterrupted,
} from "../../../providers/dynamic/interruption";

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

  it("comes within seconds of the file, and ends a pause that would last an hour", async () => {
    process.env[interruptVariable] = file;
    assert.equal(isInterrupted(), false);
    const pause = pauseUnlessInterrupted(3_600_000);
    const begun = Date.now();
    writeFileSync(file, "");
    // The watch does not keep the process alive, as a provider's connection to the engine does.
    const alive = setInterval(() => undefined, 100);
    await pause;
    clearInterval(alive);
    assert.ok(Date.now() - begun < 5_000);
    assert.equal(isInterrupted(), true);
    await pauseUnlessInterrupted(3_600_000);
  });

  it("is seen by who looks first after the file was made", () => {
    writeFileSync(file, "");
    assert.equal(interruption({ [interruptVariable]: file }).aborted, true);
  });

  it("never comes without the variable, and a pause takes its time", async () => {
    assert.equal(interruption({}).aborted, false);
    const begun = Date.now();
    await pauseUnlessInterrupted(50);
    assert.ok(Date.now() - begun >= 45);
  });

  it("is one signal for all waits of a process", async () => {
    const environment = { [interruptVariable]: file };
    const signal = interruption(environment);
    assert.equal(interruption(environment), signal);
    const aborted = once(signal, "abort");
    writeFileSync(file, "");
    await aborted;
  });
});
