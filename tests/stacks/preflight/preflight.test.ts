import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DESCRIPTION_RULES, SITE_RULES } from "../../../stacks/preflight/all-rules";
import { formatFinding, preflight } from "../../../stacks/preflight/preflight";
import { SILENCE_RULES } from "../../../stacks/preflight/silence-rules";
import { datacenterWith } from "../descriptions";
import { siteFacts } from "../site-facts";

const secrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];
const rules = [...DESCRIPTION_RULES, ...SITE_RULES, ...SILENCE_RULES];
const fourWorkers = { cluster: { workers: [{ size: 4 }] } };

describe("stacks/preflight", () => {
  it("gives each rule a code of its own", () => {
    assert.equal(new Set(rules.map(({ code }) => code)).size, rules.length);
  });

  it("takes a silenced warning out, and keeps its reason", () => {
    const reason = "a fifth rack comes in spring";
    const report = preflight(datacenterWith({ ...fourWorkers, silence: [{ code: "CLU004", reason }] }), { secrets });
    assert.deepEqual(report.warnings, []);
    assert.deepEqual(
      report.silenced.map((finding) => [finding.code, finding.reason]),
      [["CLU004", reason]],
    );
  });

  it("CFG002: silences neither errors nor what is no rule", () => {
    for (const code of ["NET001", "NET999"]) {
      const report = preflight(datacenterWith({ silence: [{ code, reason: "we know about this one" }] }), { secrets });
      assert.deepEqual(
        report.errors.map((finding) => [finding.code, finding.path]),
        [["CFG002", "silence[0].code"]],
      );
    }
  });

  it("CFG003: asks to take out the code of a warning that was retired, and lets the run go on", () => {
    const report = preflight(datacenterWith({ silence: [{ code: "NET005", reason: "we know about this one" }] }), {
      secrets,
    });
    assert.deepEqual(report.errors, []);
    assert.match(report.warnings.map(formatFinding).join(), /^CFG003 .*silence\[0\]: NET005 is not a warning any more/);
  });

  it("CFG003: says when there is nothing left to silence", () => {
    const datacenter = datacenterWith({ silence: [{ code: "CLU004", reason: "we know about this one" }] });
    assert.deepEqual(
      preflight(datacenter, { secrets }).warnings.map(({ code }) => code),
      ["CFG003"],
    );
    const site = datacenterWith({ silence: [{ code: "SIT007", reason: "we know about this one" }] });
    assert.deepEqual(preflight(site, { secrets }).warnings, []);
    assert.deepEqual(
      preflight(site, { secrets, facts: siteFacts() }).warnings.map(({ code }) => code),
      ["CFG003"],
    );
  });

  it("prints code, path, message and fix on one line", () => {
    const [warning] = preflight(datacenterWith(fourWorkers), { secrets }).warnings;
    assert.ok(warning !== undefined);
    assert.equal(
      formatFinding(warning),
      "CLU004 vmo-metal:datacenter.cluster.workers: the cluster has 4 workers; the RA recommends 5. Add a host, or silence this warning with the reason.",
    );
  });

  it("has every rule, and no other, in docs/preflight.md", () => {
    const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "preflight.md"), "utf8");
    const listed = [...page.matchAll(/^\| ([A-Z]{3}\d{3}) \| (error|warning) \| (.*) \|$/gm)].map(
      ([, code, severity, rule]) => `${code} ${severity} ${rule}`,
    );
    assert.deepEqual(listed.sort(), rules.map(({ code, severity, rule }) => `${code} ${severity} ${rule}`).sort());
  });
});
