import assert from "node:assert/strict";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { markUsed, removeUnused } from "../../../ops/setup/cache-age";
import { cacheFolder } from "../../../ops/setup/cache-folder";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("removeUnused", () => {
  const folder = temporaryFolder();

  it("removes what no clone has used for a month, and never the part itself", async () => {
    const longAgo = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000);
    for (const key of ["now", "other", "old", "revived"]) {
      await writeFiles(folder(), { [`etcd/${key}/etcd`]: "" });
      await utimes(join(folder(), "etcd", key), longAgo, longAgo);
    }
    await utimes(join(folder(), "etcd", "other"), new Date(), new Date());
    await markUsed(join(folder(), "etcd", "revived"));
    await removeUnused(join(folder(), "etcd", "now"));
    assert.deepEqual((await readdir(join(folder(), "etcd"))).sort(), ["now", "other", "revived"]);
  });
});

describe("cacheFolder", () => {
  it("follows XDG_CACHE_HOME", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/big" }), "/big/vmo-metal");
    assert.match(cacheFolder({ XDG_CACHE_HOME: "" }), /\/\.cache\/vmo-metal$/);
  });
});
