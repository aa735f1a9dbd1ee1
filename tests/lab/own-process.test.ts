import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProcess, startProcess, stopProcess, type ProcessStart } from "../../lab/own-process";
import { until } from "../../lab/until";

describe("processes of the lab", () => {
  let folder: string;
  let start: ProcessStart;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-process-"));
    start = nodeProcess("setInterval(() => {}, 1000)");
  });
  afterEach(async () => {
    await stopProcess(start, 0);
    rmSync(folder, { recursive: true, force: true });
  });

  function nodeProcess(script: string): ProcessStart {
    const argument = `--folder=${folder}`;
    return {
      program: process.execPath,
      arguments: ["-e", script, "--", argument],
      argument,
      pidFile: join(folder, "it.pid"),
      logFile: join(folder, "it.log"),
      folder,
      environment: {},
    };
  }

  it("are found again by their pid file and command line", async () => {
    assert.equal(findProcess(start), undefined);
    await startProcess(start);
    const pid = findProcess(start);
    assert.equal(pid, Number(readFileSync(start.pidFile, "utf8")));
    await stopProcess(start, 5000);
    assert.equal(findProcess(start), undefined);
    assert.ok(!existsSync(start.pidFile));
  });

  it("a stale pid file never points at somebody else's process", async () => {
    writeFileSync(start.pidFile, `${process.pid}\n`);
    assert.equal(findProcess(start), undefined);
    await stopProcess(start, 1000);
    for (const text of ["", "1", "-5", "rubbish"]) {
      writeFileSync(start.pidFile, text);
      assert.equal(findProcess(start), undefined);
    }
  });

  it("are killed when they do not end by themselves", async () => {
    start = nodeProcess("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')");
    await startProcess(start);
    await stopProcess(start, 100);
    assert.equal(findProcess(start), undefined);
  });

  it("that end at once say why", async () => {
    start = nodeProcess("console.error('the reason'); process.exit(3)");
    // It may be seen before it ends: then it is only found gone.
    await startProcess(start).catch((error: unknown) => assert.match(String(error), /code 3/));
    start = { ...start, program: join(folder, "missing") };
    await assert.rejects(startProcess(start), /cannot run .*missing/);
  });

  it("get no environment but what is given", async () => {
    process.env["LAB_TEST_SECRET"] = "do not pass on";
    start = nodeProcess("console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000)");
    await startProcess({ ...start, environment: { GIVEN: "yes" } });
    delete process.env["LAB_TEST_SECRET"];
    const text = await until("its output", () => /GIVEN.*/.exec(readFileSync(start.logFile, "utf8"))?.[0], {
      timeout: 10_000,
    });
    assert.ok(!text.includes("LAB_TEST_SECRET"));
  });
});
