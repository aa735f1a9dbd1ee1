import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { withLock, type LockHolder } from "../../../ops/setup/lock";
import { temporaryFolder } from "./temporary-folder";

const holder = (values: Partial<LockHolder>): LockHolder => ({
  pid: process.pid,
  host: hostname(),
  processStart: "",
  project: "/clone",
  since: "2026-01-01T00:00:00.000Z",
  token: "theirs",
  ...values,
});

/** The id of a process that is gone. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("withLock", () => {
  const folder = temporaryFolder();
  const options = { project: "/mine", interval: 5 };

  it("answers what the work answers and leaves nothing behind, also when the work fails", async () => {
    const file = join(folder(), "lock");
    assert.equal(await withLock(file, options, () => Promise.resolve(7)), 7);
    await assert.rejects(
      withLock(file, options, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.deepEqual(await readdir(folder()), []);
  });

  it("lets one at a time work, and tells the others whom they wait for", async () => {
    const file = join(folder(), "lock");
    let [inside, most] = [0, 0];
    const waitedFor: LockHolder[] = [];
    const onWait = (current: LockHolder): void => {
      waitedFor.push(current);
    };
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await delay(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(() => withLock(file, { ...options, onWait }, work)));
    assert.equal(most, 1);
    assert.ok(waitedFor.length > 0);
    assert.ok(waitedFor.every(({ pid, project }) => pid === process.pid && project === "/mine"));
  });

  it("takes over the lock of a process that is gone, one taker at a time", async () => {
    const file = join(folder(), "lock");
    await writeFile(file, JSON.stringify(holder({ pid: await deadPid() })));
    let [inside, most, takeOvers] = [0, 0, 0];
    const onTakeOver = (): void => {
      takeOvers += 1;
    };
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await delay(10);
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4, 5].map(() => withLock(file, { ...options, onTakeOver }, work)));
    assert.deepEqual([most, takeOvers], [1, 1]);
    assert.deepEqual(await readdir(folder()), []);
  });

  it("takes over when another process has got the same id since", async function () {
    if (!existsSync("/proc/self/stat")) this.skip();
    const file = join(folder(), "lock");
    await writeFile(file, JSON.stringify(holder({ processStart: "1" })));
    let takenFrom = "";
    const onTakeOver = (gone: LockHolder): void => {
      takenFrom = gone.token;
    };
    await withLock(file, { ...options, onTakeOver }, () => Promise.resolve());
    assert.equal(takenFrom, "theirs");
  });

  it("takes over from another machine only when its lock was not touched for minutes", async () => {
    const file = join(folder(), "lock");
    await writeFile(file, JSON.stringify(holder({ host: "elsewhere", pid: 1 })));
    const waited: string[] = [];
    const work = withLock(file, { ...options, onWait: ({ host }) => waited.push(host) }, () => Promise.resolve("done"));
    while (waited.length === 0) await delay(5);
    const longAgo = new Date(Date.now() - 600_000);
    await utimes(file, longAgo, longAgo);
    assert.equal(await work, "done");
    assert.deepEqual(waited, ["elsewhere"]);
  });

  it("goes on after a take-over that was cut off", async () => {
    const file = join(folder(), "lock");
    await writeFile(file, JSON.stringify(holder({ pid: await deadPid() })));
    await writeFile(`${file}.takeover`, JSON.stringify(holder({})));
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${file}.takeover`, longAgo, longAgo);
    assert.equal(await withLock(file, options, () => Promise.resolve("done")), "done");
    assert.deepEqual(await readdir(folder()), []);
  });
});
