import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { partFolder, storePart, type Store, type StoredPart } from "../../../ops/setup/part-store";
import { SetupError } from "../../../ops/setup/setup-error";
import { temporaryFolder, writeFiles } from "./temporary-folder";

const part: StoredPart = {
  name: "etcd",
  key: "0123456789ab",
  title: "etcd 3",
  seconds: 30,
  how: "built",
  files: ["etcd"],
};

describe("storePart", () => {
  const folder = temporaryFolder();
  const store = (lines: string[] = []): Store => ({
    cache: folder(),
    project: "/clone",
    cores: 2,
    progress: {
      say: (line) => {
        lines.push(line);
      },
    },
  });
  const make = (out: string): Promise<void> => writeFile(join(out, "etcd"), "program");

  it("makes a part once, also when several want it at the same time", async () => {
    let made = 0;
    const slow = async (out: string): Promise<void> => {
      made += 1;
      await delay(20);
      await make(out);
    };
    const folders = await Promise.all([1, 2, 3].map(() => storePart(part, store(), slow)));
    assert.equal(made, 1);
    assert.deepEqual(new Set(folders), new Set([partFolder(folder(), part)]));
    assert.deepEqual(await readdir(join(folder(), "etcd")), [part.key]);
  });

  it("tells for whom it waits", async () => {
    const lines: string[] = [];
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const first = storePart(part, store(), (out) => {
      begin();
      return blocked.then(() => make(out));
    });
    await begun;
    const second = storePart(part, store(lines), make);
    while (lines.length === 0) await delay(5);
    release();
    await Promise.all([first, second]);
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? "",
      new RegExp(`^etcd 3: waiting for process ${process.pid} on .* making it for /clone since `),
    );
  });

  it("never shows a half-made part: a failed one is gone, and so is what a killed run left", async () => {
    const parent = join(folder(), "etcd");
    await mkdir(join(parent, `${part.key}.making-1`, "out"), { recursive: true });
    const half = async (out: string): Promise<void> => {
      await make(out);
      throw new Error("broken");
    };
    await assert.rejects(storePart(part, store(), half), /broken/);
    assert.deepEqual(await readdir(parent), []);
  });

  it("replaces a part that lost a file", async () => {
    await writeFiles(partFolder(folder(), part), { other: "" });
    await storePart(part, store(), make);
    assert.deepEqual(await readdir(partFolder(folder(), part)), ["etcd"]);
  });

  it("refuses a part without its files", async () => {
    await assert.rejects(
      storePart(part, store(), () => Promise.resolve()),
      /etcd 3: it was built without an error, but these are not all there: etcd/,
    );
  });

  it("says that the disk is full when our own files do not fit", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    await assert.rejects(
      storePart(part, store(), () => Promise.reject(full)),
      (failure) => failure instanceof SetupError && /the disk is full/.test(failure.why),
    );
  });

  it("says which folder cannot be written to", async () => {
    const denied = Object.assign(new Error("EACCES: permission denied, mkdir '/srv/cache'"), { code: "EACCES" });
    await assert.rejects(
      storePart(part, store(), () => Promise.reject(denied)),
      (failure) =>
        failure instanceof SetupError && /\/srv\/cache/.test(failure.why) && /XDG_CACHE_HOME/.test(failure.next),
    );
  });

  it("gives the maker an empty folder and a scratch folder", async () => {
    const seen: string[][] = [];
    await storePart(part, store(), async (out, scratch) => {
      seen.push(await readdir(out), await readdir(scratch));
      await writeFile(join(scratch, "object"), "");
      await make(out);
    });
    assert.deepEqual(seen, [[], []]);
    assert.equal(await readFile(join(partFolder(folder(), part), "etcd"), "utf8"), "program");
  });
});
