import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInForeground } from "../../../ops/engine/run-in-foreground";

describe("a program in the foreground", function () {
  this.timeout(20_000);
  let folder: string;
  let interruptFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vmo-metal-test-"));
    interruptFile = join(folder, "interrupted");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("returns its exit code and makes no file when nothing interrupts it", async () => {
    const options = { environment: process.env, folder, interruptFile };
    assert.equal(await runInForeground(process.execPath, ["-e", "process.exit(7)"], options), 7);
    assert.ok(!existsSync(interruptFile));
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    it(`leaves a file behind on ${signal}, and waits for the program to end`, async () => {
      const script = `
        const { runInForeground } = require(${JSON.stringify(join(__dirname, "../../../ops/engine/run-in-foreground"))});
        const program = "process.on('${signal}', () => setTimeout(() => process.exit(5), 300)); console.log('up'); setInterval(() => {}, 1000)";
        runInForeground(process.execPath, ["-e", program], {
          environment: process.env, folder: ${JSON.stringify(folder)}, interruptFile: ${JSON.stringify(interruptFile)},
        }).then((code) => process.exit(code));`;
      const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", script], {
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      assert.ok(child.pid !== undefined);
      process.kill(-child.pid, signal);
      const [code] = (await once(child, "close")) as [number];
      assert.equal(code, 5);
      assert.ok(existsSync(interruptFile));
    });
});
