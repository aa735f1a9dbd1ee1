import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { driftDocument, type DriftReport } from "../../ops/drift/document";
import { LabDatacenter } from "./support/lab-datacenter";
import { ended } from "./support/outcomes";

describe("a drift check", function () {
  this.timeout(900_000);
  const datacenter = new LabDatacenter();

  before(async () => {
    await datacenter.lab("start");
    ended(await datacenter.up(), 0);
  });
  after(() => datacenter.remove());

  /** Runs a check with `--json` that must end with a code; standard output is one document, whatever happened. */
  async function check(code: number, environment: NodeJS.ProcessEnv = {}): Promise<DriftReport> {
    const ran = await datacenter.driftReport(["--json"], environment);
    ended(ran, code);
    const report = driftDocument.parse(JSON.parse(ran.stdout));
    assert.equal(report.exitCode, code);
    return report;
  }

  const setErasing = (value: boolean): Promise<string> =>
    datacenter.lab("maas", "POST", "maas/?op=set_config", "name=enable_disk_erasing_on_release", `value=${value}`);

  it("is clean after an up", async () => {
    const report = await check(0);
    assert.deepEqual(
      [report.outcome, report.complete, report.error, report.unread, report.drifted],
      ["clean", true, null, [], []],
    );
    assert.equal(report.datacenter, "dev");
    assert.ok(report.read > 60);
  });

  it("shows a broken host beside a drifted setting", async () => {
    const spare = await datacenter.spareWorker();
    await datacenter.lab("machine", spare.hostname, "status", "broken");
    await setErasing(true);
    const report = await check(7);
    assert.deepEqual(
      report.drifted.map(({ name, fields }) => [name, fields.map(({ found, described }) => [found, described])]),
      [["enable_disk_erasing_on_release", [["true", "false"]]]],
    );
    assert.ok(report.findings.some(({ counts, message }) => counts && message.includes(`${spare.hostname} is Broken`)));
    assert.match(
      readFileSync(join(datacenter.folder, "drift.html"), "utf8"),
      new RegExp(`${spare.hostname} is Broken`),
    );
    await datacenter.lab("machine", spare.hostname, "status", "ready");
    await setErasing(false);
  });

  it("compares Palette and the cluster while MAAS is away", async () => {
    await datacenter.lab("faults", "add", "maas", "kind=reset");
    const report = await check(2);
    await datacenter.lab("faults", "clear");
    assert.deepEqual([report.outcome, report.complete], ["unreachable", false]);
    assert.deepEqual(
      report.unavailable.map(({ api, cause }) => [api, cause]),
      [["MAAS", "unreachable"]],
    );
    assert.deepEqual([...new Set(report.unread.map(({ system }) => system))], ["MAAS"]);
    assert.ok(report.read > 20, "Palette and Kubernetes were read");
  });

  it("compares MAAS and Palette while the cluster is away", async () => {
    await datacenter.lab("faults", "add", "kubernetes", "kind=unreachable", "cluster=dev");
    const report = await check(2);
    await datacenter.lab("faults", "clear");
    assert.deepEqual([...new Set(report.unread.map(({ system }) => system))], ["Kubernetes"]);
    assert.deepEqual(report.drifted, []);
  });

  it("names a key that is refused, and compares the rest", async () => {
    const report = await check(3, { VMO_METAL_DEV_PALETTE_API_KEY: "a-key-that-was-rotated" });
    assert.deepEqual(
      report.unavailable.map(({ api, cause }) => [api, cause]),
      [["Palette", "refused"]],
    );
    assert.ok(report.unread.every(({ system, cause }) => system === "Palette" && cause === "refused"));
    assert.ok(report.read > 50, "MAAS and Kubernetes were read");
    assert.doesNotMatch(JSON.stringify(report), /a-key-that-was-rotated/);
  });

  it("reports one object that MAAS answers with an error, and compares the others", async () => {
    await setErasing(true);
    await datacenter.lab("faults", "add", "maas", "kind=status", "status=400", "path=/resourcepools/");
    const report = await check(7);
    await datacenter.lab("faults", "clear");
    assert.ok(report.unread.length > 0);
    assert.ok(report.unread.every(({ kind }) => kind === "ResourcePool"));
    assert.deepEqual(
      report.drifted.map(({ name }) => name),
      ["enable_disk_erasing_on_release"],
    );
    await setErasing(false);
  });

  it("holds the problems of a description that cannot be read", async () => {
    const file = await datacenter.stackFile();
    const original = readFileSync(file, "utf8");
    await datacenter.describe((description) => {
      delete description["domain"];
    });
    const report = await check(1);
    assert.equal(report.outcome, "failed");
    assert.deepEqual(
      report.findings.map(({ code, path }) => [code, path]),
      [["description", "vmo-metal:datacenter.domain"]],
    );
    writeFileSync(file, original.replace("vmo-metal:datacenter:\n", "$&    vlan: 010\n"));
    assert.match(
      (await check(1)).error ?? "",
      /Pulumi\.dev\.yaml:\d+:11: vmo-metal:datacenter\.vlan: 010 is read as 8/,
    );
    writeFileSync(file, original);
  });

  it("prints a document for a command line that it does not understand", async () => {
    const ran = await datacenter.driftReport(["--json", "--stak", "dc1"]);
    ended(ran, 1);
    assert.match(driftDocument.parse(JSON.parse(ran.stdout)).error ?? "", /did you mean --stack\?/);
  });
});
