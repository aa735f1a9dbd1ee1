import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { installPackages, isNodeNewEnough, packagesHash } from "../../../ops/setup/packages.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("isNodeNewEnough", () => {
  it("wants 20.19", () => {
    assert.deepEqual(["18.20.4", "20.9.0", "20.18.3"].map(isNodeNewEnough), [false, false, false]);
    assert.deepEqual(["20.19.0", "22.1.0", "24.0.0"].map(isNodeNewEnough), [true, true, true]);
  });
});

describe("packagesHash", () => {
  it("follows the lockfile, the major version of Node.js and the platform", () => {
    const base = packagesHash("{}", "20.19.0", "linux-x64");
    assert.equal(packagesHash("{}", "20.20.2", "linux-x64"), base);
    assert.equal(
      new Set([base, packagesHash("{ }", "20.19.0", "linux-x64"), packagesHash("{}", "22.0.0", "linux-x64")]).size,
      3,
    );
    assert.notEqual(packagesHash("{}", "20.19.0", "darwin-arm64"), base);
  });
});

describe("installPackages", () => {
  const folder = temporaryFolder();
  const silent = (): void => undefined;

  /** Stands in for `npm ci`, which empties node_modules first. */
  const install = async (): Promise<number> => {
    await rm(join(folder(), "node_modules"), { recursive: true, force: true });
    await mkdir(join(folder(), "node_modules"));
    return 0;
  };

  it("installs once for each lockfile", async () => {
    await writeFiles(folder(), { "package-lock.json": "{}" });
    assert.equal(await installPackages(folder(), install, silent), true);
    assert.equal(await installPackages(folder(), install, silent), false);
    await writeFiles(folder(), { "package-lock.json": '{"packages":{}}' });
    assert.equal(await installPackages(folder(), install, silent), true);
  });

  it("installs again after a failure, and says what to do", async () => {
    await writeFiles(folder(), { "package-lock.json": "{}" });
    await assert.rejects(
      installPackages(folder(), () => Promise.resolve(1), silent),
      /could not be installed \(npm ci ended with 1\)\.\n {2}Why: .*\n {2}Next: check the network/,
    );
    assert.equal(await installPackages(folder(), install, silent), true);
  });

  it("does not install through a link into another project's packages, but uses them when they are the right ones", async () => {
    await writeFiles(folder(), { "package-lock.json": "{}", "other/package-lock.json": "{}" });
    const other = join(folder(), "other");
    await mkdir(join(other, "node_modules"));
    await symlink(join(other, "node_modules"), join(folder(), "node_modules"));
    await assert.rejects(
      installPackages(folder(), install, silent),
      /is a symbolic link.*\n {2}Why: [^]*\n {2}Next: remove/,
    );
    assert.equal(await installPackages(other, () => Promise.resolve(0), silent), true);
    assert.equal(await installPackages(folder(), install, silent), false);
  });

  it("installs once when two want it, and takes over from a process that is gone", async () => {
    await writeFiles(folder(), { "package-lock.json": "{}" });
    const script = [
      `import { installPackages } from ${JSON.stringify(join(__dirname, "../../../ops/setup/packages.mjs"))};`,
      `await installPackages(${JSON.stringify(folder())}, () => process.kill(process.pid, "SIGKILL"), () => {});`,
    ].join("\n");
    const killed = spawn(process.execPath, ["--input-type=module", "-e", script]);
    const [, signal] = (await once(killed, "exit")) as [number | null, string | null];
    assert.equal(signal, "SIGKILL");
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
    };
    const answers = await Promise.all([1, 2].map(() => installPackages(folder(), install, say)));
    assert.deepEqual(answers.sort(), [false, true]);
    assert.ok(existsSync(join(folder(), "node_modules")));
  });
});
