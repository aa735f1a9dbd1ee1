import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { datacenterProgram } from "../../../stacks/program/datacenter";
import { readRunReport, type RunReportDocument } from "../../../stacks/run-report/run-report";
import { mockEngine } from "../../mock-engine";
import { minimalDescription, withSettings, type Settings } from "../descriptions";

/** Nothing listens there. */
const nowhere = { maas: { url: "http://127.0.0.1:1/MAAS" }, palette: { url: "http://127.0.0.1:1" } };
const secrets: Record<string, string> = {
  "vmo-metal:flashArrayApiToken": "token",
  "vmo-metal:grafanaAdminPassword": "word",
  "vmo-metal:windowsAdministratorPassword": "word",
  "vmo-metal:guestPassword": "word",
};

describe("the report of a run", () => {
  const resource = pulumi.Resource as unknown as { stackTrace: unknown };
  const { stackTrace } = resource;
  const folder = mkdtempSync(join(tmpdir(), "vmo-metal-report-"));
  const file = join(folder, "reports", "run.json");
  afterEach(() => {
    resource.stackTrace = stackTrace;
    pulumi.runtime.setAllConfig({});
    delete process.env["VMO_METAL_RUN_REPORT"];
    delete process.env["VMO_METAL_FINDINGS"];
    rmSync(join(folder, "reports"), { recursive: true, force: true });
  });
  after(() => rmSync(folder, { recursive: true }));

  interface Ended {
    report: RunReportDocument;
    failure: unknown;
  }

  async function run(changes: Settings, { tolerant = false, keys = secrets } = {}): Promise<Ended> {
    await mockEngine({ stack: "dc1", preview: true });
    const datacenter = withSettings(changes, withSettings(nowhere, minimalDescription()));
    const all = { ...keys, "vmo-metal:maasApiKey": "a:b:c", "vmo-metal:paletteApiKey": "key" };
    pulumi.runtime.setAllConfig({ ...all, "vmo-metal:datacenter": JSON.stringify(datacenter) }, Object.keys(all));
    process.env["VMO_METAL_RUN_REPORT"] = file;
    if (tolerant) process.env["VMO_METAL_FINDINGS"] = "report";
    let failure: unknown;
    try {
      await datacenterProgram();
    } catch (thrown) {
      failure = thrown;
    }
    const report = readRunReport(readFileSync(file, "utf8")) ?? assert.fail("no report was written");
    assert.deepEqual(readdirSync(join(folder, "reports")), ["run.json"], "no draft is left");
    return { report, failure };
  }

  it("names what could not be reached and what is wrong, and the run goes on, where findings are reported", async () => {
    const { report, failure } = await run({}, { tolerant: true, keys: {} });
    assert.equal(failure, undefined);
    assert.deepEqual([report.datacenter, report.stack, report.operation], ["dc1", "dc1", "preview"]);
    assert.deepEqual([report.complete, report.ended], [true, null]);
    assert.deepEqual(
      report.unavailable.map(({ api, cause }) => [api, cause]),
      [
        ["MAAS", "unreachable"],
        ["Palette", "unreachable"],
      ],
    );
    const missing = report.findings.filter(({ code }) => code === "CFG001");
    assert.ok(missing.length > 0, "secrets are missing");
    for (const { tier, severity, path, fix } of missing) {
      assert.deepEqual([tier, severity], ["description", "error"]);
      assert.match(path, /^vmo-metal:/);
      assert.notEqual(fix, "");
    }
  });

  it("holds the errors that ended the run elsewhere", async () => {
    const { report, failure } = await run({}, { keys: {} });
    assert.match(String(failure), /nothing was touched/);
    assert.equal(report.complete, false);
    assert.match(report.ended ?? "", /CFG001/);
    assert.ok(report.findings.some(({ code }) => code === "CFG001"));
  });

  it("holds the problems of a description that cannot be read, which ends every run", async () => {
    const { report, failure } = await run({ domain: 5 }, { tolerant: true });
    assert.ok(pulumi.RunError.isInstance(failure));
    assert.equal(report.datacenter, null);
    assert.deepEqual(
      report.findings.map(({ code, path }) => [code, path]),
      [["description", "vmo-metal:datacenter.domain"]],
    );
  });

  it("holds silenced warnings with their reasons", async () => {
    const silence = [{ code: "CAP001", reason: "a small lab" }];
    const { report } = await run({ silence }, { tolerant: true });
    for (const finding of report.findings.filter(({ severity }) => severity === "warning")) {
      assert.equal(finding.silenced, finding.code === "CAP001" ? "a small lab" : null);
    }
  });

  it("is refused to replace the errors of an update", async () => {
    await mockEngine({ stack: "dc1", preview: false });
    process.env["VMO_METAL_FINDINGS"] = "report";
    await assert.rejects(datacenterProgram(), /VMO_METAL_FINDINGS=report is for previews/);
  });

  it("knows one value of its mode only", async () => {
    await mockEngine({ stack: "dc1", preview: true });
    process.env["VMO_METAL_FINDINGS"] = "yes";
    await assert.rejects(datacenterProgram(), /VMO_METAL_FINDINGS is "yes": write "report"/);
  });
});
