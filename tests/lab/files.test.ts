import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepCredentials, readCredentials } from "../../lab/credentials";
import { keepJsonFile, readJsonFile, writeJsonFile } from "../../lab/json-file";
import { labFolder } from "../../lab/lab-folder";
import { keepSettings, readSettings } from "../../lab/settings";

describe("files of the lab", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "lab-files-"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it("credentials are random, private, and kept", () => {
    const { credentials } = labFolder(root);
    assert.equal(readCredentials(credentials), undefined);
    const made = keepCredentials(credentials);
    assert.equal(statSync(credentials).mode & 0o777, 0o600);
    assert.deepEqual(keepCredentials(credentials), made);
    assert.match(made.maasApiKey, /^[A-Za-z0-9]{18}:[A-Za-z0-9]{18}:[A-Za-z0-9]{32}$/);
    assert.notDeepEqual(keepCredentials(join(root, "other.json")), made);
  });

  it("the first of several writers wins and all get its value", () => {
    const file = join(root, "it.json");
    assert.deepEqual(keepJsonFile(file, { a: 1 }), { a: 1 });
    assert.deepEqual(keepJsonFile(file, { a: 2 }), { a: 1 });
    assert.deepEqual(readdirSync(root), ["it.json"], "no rests");
  });

  it("a file is replaced whole, and one that is no JSON is named", () => {
    const file = join(root, "it.json");
    writeJsonFile(file, { a: 1 });
    writeJsonFile(file, { a: 2 });
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { a: 2 });
    writeFileSync(file, "{");
    assert.throws(() => readJsonFile(file), /it\.json does not hold JSON/);
  });

  it("settings: command line before environment before what is kept before defaults", async () => {
    const folder = labFolder(root);
    assert.equal(readSettings(folder), undefined);
    const first = await keepSettings(folder, {}, { VMO_METAL_LAB_WORKERS: "5" });
    assert.equal(first.workers, 5);
    assert.equal(first.timeScale, 60);
    assert.equal(new Set([first.maasPort, first.palettePort, first.controlPort]).size, 3);
    assert.deepEqual(await keepSettings(folder, {}, {}), first, "kept");
    const second = await keepSettings(folder, { maasPort: 5240 }, { VMO_METAL_LAB_MAAS_PORT: "5241" });
    assert.equal(second.maasPort, 5240);
    assert.deepEqual(readSettings(folder), second);
  });

  it("settings: a value that is none is named with its variable", async () => {
    const folder = labFolder(root);
    await assert.rejects(keepSettings(folder, {}, { VMO_METAL_LAB_MAAS_PORT: "high" }), /VMO_METAL_LAB_MAAS_PORT/);
    await assert.rejects(keepSettings(folder, { timeScale: 0 }, {}), /timeScale/);
  });

  it("the folder comes from the call, the environment or the project", () => {
    assert.equal(labFolder("/a/b").root, "/a/b");
    assert.equal(labFolder(undefined, { VMO_METAL_LAB_DIR: "/c" }).root, "/c");
    assert.match(labFolder(undefined, {}).root, /\.lab$/);
  });
});
