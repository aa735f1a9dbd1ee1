import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callLab } from "../../lab/control-client";
import { statusText } from "../../lab/commands/status";
import { fieldOf, listOf, textOf } from "../../lab/kubernetes/objects";
import { clearLab, missingParts, readLab, startLab, stopLab, type LabAddresses } from "../../lab/lab";
import { labFolder } from "../../lab/lab-folder";
import { labMark } from "../../lab/lab-mark";
import { findProcess } from "../../lab/own-process";
import { until } from "../../lab/until";

describe("the lab's background process", function () {
  this.timeout(120_000);
  const folders: string[] = [];

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "lab-"));
    folders.push(folder);
    return folder;
  }

  afterEach(async () => {
    for (const folder of folders.splice(0)) {
      await stopLab(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const pidOf = (folder: string) => findProcess(labMark(labFolder(folder)));
  const dump = async (lab: LabAddresses) => callLab(lab, "GET", "status");
  const setStatus = (lab: LabAddresses, machine: string, status: string) =>
    callLab(lab, "POST", "machine-status", { machine, status });
  const machines = async (lab: LabAddresses) =>
    listOf(await dump(lab), "maas", "machines").map(
      (machine) => `${textOf(machine, "hostname")} ${String(fieldOf(machine, "status"))}`,
    );

  it("starts once, however often and at the same time it is asked", async () => {
    const folder = newFolder();
    assert.equal(await readLab(folder), undefined);
    const [one, two] = await Promise.all([startLab({ folder }), startLab({ folder })]);
    assert.deepEqual(one, two);
    const pid = pidOf(folder);
    assert.ok(pid);
    assert.deepEqual(await startLab({ folder }), one);
    assert.equal(pidOf(folder), pid);
    assert.deepEqual(await readLab(folder), one);
  });

  it("goes on where it was after a kill and after a stop, on the same ports with the same keys", async () => {
    const folder = newFolder();
    const lab = await startLab({ folder, settings: { workers: 3 } });
    const seed = await machines(lab);
    const [first = ""] = seed.map((line) => line.split(" ")[0]);
    await setStatus(lab, first, "broken");
    const changed = await machines(lab);
    assert.notDeepEqual(changed, seed);
    // The simulators write some milliseconds behind; what was written before the kill is there after it.
    const written = () => (readFileSync(labFolder(folder).maas, "utf8").includes('"status":8') ? true : undefined);
    await until("state written", written, { timeout: 10_000 });
    const pid = pidOf(folder);
    assert.ok(pid);
    process.kill(pid, "SIGKILL");
    assert.deepEqual(await startLab({ folder }), lab);
    assert.deepEqual(await machines(lab), changed);
    assert.equal(await stopLab(folder), true);
    assert.equal(pidOf(folder), undefined);
    assert.equal(await stopLab(folder), false);
    assert.deepEqual(await startLab({ folder }), lab);
    assert.deepEqual(await machines(lab), changed);
    await clearLab(folder);
    await startLab({ folder });
    assert.deepEqual(await machines(lab), seed, "reset");
  });

  it("lives beside another one", async () => {
    const [one, two] = [await startLab({ folder: newFolder() }), await startLab({ folder: newFolder() })];
    assert.notEqual(one.maasUrl, two.maasUrl);
    assert.notEqual(one.maasApiKey, two.maasApiKey);
    const before = await machines(two);
    await setStatus(one, (before[0] ?? "").split(" ")[0] ?? "", "broken");
    assert.deepEqual(await machines(two), before);
    await stopLab(one.folder);
    assert.ok(await readLab(two.folder));
  });

  it("switches faults on and off in its parts", async () => {
    const lab = await startLab({ folder: newFolder() });
    await callLab(lab, "POST", "faults/maas", { kind: "latency", milliseconds: 5 });
    await callLab(lab, "POST", "faults/palette", { kind: "gateway-down" });
    await assert.rejects(callLab(lab, "POST", "faults/maas", { kind: "earthquake" }), /kind is one of/);
    const mistyped = callLab(lab, "POST", "faults/maas", { kind: "latency", miliseconds: 5 });
    await assert.rejects(mistyped, /Unrecognized key: "miliseconds"/);
    const wrong = callLab(lab, "POST", "faults/palette", { kind: "status", status: 503 });
    await assert.rejects(wrong, /expected one of "latency"[^]*at kind/);
    await assert.rejects(callLab(lab, "POST", "faults/moon", { kind: "latency" }), /no part of the lab/);
    const on = await callLab(lab, "GET", "faults");
    assert.equal(textOf(listOf(on, "maas")[0], "kind"), "latency");
    assert.equal(textOf(listOf(on, "palette")[0], "kind"), "gateway-down");
    assert.deepEqual(await callLab(lab, "DELETE", "faults"), { maas: [], palette: [], kubernetes: [] });
  });

  it("shows no key: not in its status, its log or its process arguments; its files are its owner's", async () => {
    const folder = newFolder();
    const lab = await startLab({ folder });
    const pid = pidOf(folder);
    const seen = [
      JSON.stringify(await dump(lab)),
      readFileSync(labFolder(folder).log, "utf8"),
      readFileSync(`/proc/${pid}/cmdline`, "utf8"),
    ].join("\n");
    const [, , tokenSecret = ""] = lab.maasApiKey.split(":");
    for (const secret of [tokenSecret, lab.paletteApiKey, lab.adminToken, lab.pulumiPassphrase]) {
      assert.ok(!seen.includes(secret));
    }
    for (const name of readdirSync(folder)) {
      assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
    }
  });

  it("says which programs of a control plane are missing, and starts again when they are there", async () => {
    const folder = newFolder();
    const variables = [
      "VMO_METAL_ETCD",
      "VMO_METAL_KUBE_APISERVER",
      "VMO_METAL_KUBE_CONTROLLER_MANAGER",
      "VMO_METAL_CRDS",
    ];
    const former = variables.map((name) => process.env[name]);
    try {
      for (const name of variables) process.env[name] = folder;
      process.env["VMO_METAL_ETCD"] = join(folder, "nowhere");
      const lab = await startLab({ folder });
      assert.deepEqual(await missingParts(lab), ["etcd"]);
      assert.match(statusText(await dump(lab)), /No Kubernetes in this lab: etcd missing.*\nNext: npm run setup/);
      const pid = pidOf(folder);
      await startLab({ folder });
      assert.equal(pidOf(folder), pid, "as long as they are missing it is left alone");
      process.env["VMO_METAL_ETCD"] = folder;
      assert.deepEqual(await startLab({ folder }), lab);
      assert.deepEqual(await missingParts(lab), []);
      assert.notEqual(pidOf(folder), pid);
    } finally {
      for (const [index, name] of variables.entries()) {
        const value = former[index];
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });

  it("says what is in the way when its port is taken", async () => {
    const [one, folder] = [await startLab({ folder: newFolder() }), newFolder()];
    const maasPort = Number(new URL(one.maasUrl).port);
    await assert.rejects(startLab({ folder, settings: { maasPort } }), new RegExp(`${maasPort}`));
    assert.equal(pidOf(folder), undefined);
  });
});
