import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type Finding, findingLine, summaryLine } from "../../../ops/doctor/finding";
import { registryFindings } from "../../../ops/doctor/registry-findings";
import { DOCTOR_RULES } from "../../../ops/doctor/rules";
import { tenantFindings } from "../../../ops/doctor/tenant-findings";
import type { ObservedPack } from "../../../providers/palette/look-ups/profile-packs";
import type { ProjectSurvey, Reading, TenantSurvey } from "../../../providers/palette/look-ups/tenant-survey";
import { datacenterWith } from "../../stacks/descriptions";

const now = Date.parse("2026-01-01T00:00:00.000Z");
const read = <Value>(value: Value): Reading<Value> => ({ ok: true, value });
const forbidden = {
  ok: false,
  cause: "forbidden",
  reason: "Palette: GET ... was answered 403 OperationForbidden",
} as const;
const failed = { ok: false, cause: "failed", reason: "Palette: GET ... was answered 500" } as const;

const metalLb: ObservedPack = {
  pack: "lb-metallb-helm",
  tag: "0.15.2",
  registry: "Public Repo",
  version: "0.15.2",
  problem: null,
};
const lacking: ObservedPack = {
  ...metalLb,
  tag: "9.9.9",
  version: null,
  problem: "Registry has no pack with tag 9.9.9",
};

/** A tenant on which the first up of the minimal description passes. */
function project(changes: Partial<ProjectSurvey> = {}): ProjectSurvey {
  return {
    disabled: read(false),
    gateways: read([{ name: "dc1-gateway", running: true, state: "Running" }]),
    account: read(null),
    maas: read(null),
    registries: read([{ name: "Public Repo", kind: "pack" }]),
    profiles: [{ name: "core", version: "1.0.0", imported: read(false), packs: read([metalLb]) }],
    clusterState: read(null),
    ...changes,
  };
}

function survey(changes: Partial<TenantSurvey> = {}): TenantSurvey {
  return {
    projects: read(["vmo", "Default"]),
    organisation: read("acme"),
    keyExpiries: read([]),
    project: project(),
    ...changes,
  };
}

const findings = (changes: Partial<TenantSurvey> = {}): Finding[] =>
  tenantFindings(datacenterWith(), survey(changes), now);
/** Rows that are neither fine nor a write that no read shows, as `outcome code where`. */
const notable = (changes: Partial<TenantSurvey>): string[] =>
  findings(changes)
    .filter(({ outcome, code }) => outcome !== "ok" && code !== "PAL010")
    .map(({ outcome, code, where }) => `${outcome} ${code} ${where}`);
const ofProject = (changes: Partial<ProjectSurvey>): string[] => notable({ project: project(changes) });

describe("findings of the doctor about a Palette tenant", () => {
  it("are none on a tenant where the first up passes, but what only writes show is unchecked", () => {
    const rows = findings();
    assert.deepEqual(
      rows.filter(({ outcome }) => outcome !== "ok").map(({ outcome, code }) => `${outcome} ${code}`),
      ["unchecked PAL010", "unchecked PAL010", "unchecked PAL010"],
    );
    assert.equal(summaryLine(rows), `${rows.length} checked: 0 errors, 0 warnings, 3 cannot be checked by reading`);
  });

  it("begin and end with a refused key", () => {
    const refused = { ok: false, cause: "refused", reason: "Palette: GET ... was answered 401" } as const;
    assert.deepEqual(notable({ projects: refused }), ["error PAL001 vmo-metal:datacenter.palette.url"]);
  });

  it("name the projects that the key sees when the described one is not among them", () => {
    const [row, ...others] = findings({ projects: read(["Default"]), project: null }).filter(
      ({ outcome }) => outcome === "error",
    );
    assert.deepEqual(others, []);
    assert.equal(row?.code, "SIT020");
    assert.match(row.message, /there are Default/);
  });

  it("warn of a key that expires within a week, and pass one that expires later", () => {
    const at = (days: number): Reading<string[]> => read([new Date(now + days * 24 * 3600 * 1000).toISOString()]);
    assert.deepEqual(notable({ keyExpiries: at(3) }), ["warning PAL002 vmo-metal:datacenter.palette"]);
    assert.deepEqual(notable({ keyExpiries: at(30) }), []);
    assert.deepEqual(notable({ keyExpiries: forbidden }), ["unchecked PAL002 vmo-metal:datacenter.palette"]);
  });

  it("state a disabled project, and that it is unchecked where the key may not read it", () => {
    assert.deepEqual(ofProject({ disabled: read(true) }), ["error PAL003 vmo-metal:datacenter.palette.project"]);
    assert.deepEqual(ofProject({ disabled: forbidden }), ["unchecked PAL003 vmo-metal:datacenter.palette.project"]);
  });

  it("state a gateway that does not run, with MAAS unchecked behind it", () => {
    const gateways = read([{ name: "dc1-gateway", running: false, state: "Error" }]);
    assert.deepEqual(ofProject({ gateways, maas: null }), [
      "error SIT021 vmo-metal:datacenter.palette.gateway",
      "unchecked PAL004 vmo-metal:datacenter.palette.account.maasUrl",
    ]);
  });

  it("state a MAAS that Palette does not reach, and an account that must not be changed", () => {
    assert.deepEqual(ofProject({ maas: read("Palette cannot use MAAS at http://x") }), [
      "error PAL004 vmo-metal:datacenter.palette.account.maasUrl",
    ]);
    assert.deepEqual(ofProject({ account: read({ refusal: null }) }), []);
    assert.deepEqual(ofProject({ account: read({ refusal: "belongs to datacenter dc2" }) }), [
      "error PAL005 vmo-metal:datacenter.palette.account",
    ]);
  });

  it("state a pack that is not found; a warning where Palette has the profile version already", () => {
    const profile = { name: "core", version: "1.0.0", packs: read([metalLb, lacking]) };
    const where = "profile core 1.0.0, layer lb-metallb-helm";
    assert.deepEqual(ofProject({ profiles: [{ ...profile, imported: read(false) }] }), [`error PAL007 ${where}`]);
    assert.deepEqual(ofProject({ profiles: [{ ...profile, imported: read(true) }] }), [`warning PAL007 ${where}`]);
  });

  it("state a cluster that is being deleted", () => {
    assert.deepEqual(ofProject({ clusterState: read("Deleting") }), ["error SIT022 vmo-metal:datacenter.cluster.name"]);
    assert.deepEqual(ofProject({ clusterState: read("Running") }), []);
  });

  it("never pass over a read that the key may not do, or that Palette cannot answer", () => {
    const [profile] = project().profiles;
    assert.ok(profile);
    const parts: Partial<ProjectSurvey>[] = [forbidden, failed].flatMap((reading) => [
      { gateways: reading },
      { account: reading },
      { maas: reading },
      { registries: reading },
      { profiles: [{ ...profile, packs: reading }] },
      { profiles: [{ ...profile, imported: reading }] },
      { clusterState: reading },
    ]);
    for (const part of parts) {
      const errors = findings({ project: project(part) }).filter(({ outcome }) => outcome === "error");
      assert.equal(errors.length, 1, JSON.stringify(part));
      assert.match(errors[0]?.message ?? "", /cannot be read: Palette: GET/);
    }
  });
});

describe("findings of the doctor about registries", () => {
  const found = (registries: { name: string; kind: string }[], packs: ObservedPack[]): string[] =>
    registryFindings(registries, packs).map(({ outcome, where, message }) => `${outcome} ${where} ${message}`);

  it("accept every kind that layers come from, and no other", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom("pack", "helm", "oci"), fc.string()), (kind) => {
        const [row] = registryFindings([{ name: "Public Repo", kind }], [metalLb]);
        assert.equal(row?.outcome, ["pack", "helm", "oci"].includes(kind) ? "ok" : "error");
      }),
    );
  });

  it("name the registries that are there instead, with their kinds, when layers are not found", () => {
    const others = [{ name: "Palette Registry", kind: "oci" }];
    assert.deepEqual(found(others, [lacking]), [
      'error registry "Public Repo" is not in Palette; there are Palette Registry (oci)',
    ]);
    assert.equal(found(others, [metalLb])[0]?.startsWith("ok "), true);
  });

  it("state a name that several registries have, when layers are not found by it", () => {
    const twice = [
      { name: "Public Repo", kind: "pack" },
      { name: "Public Repo", kind: "oci" },
    ];
    assert.deepEqual(found(twice, [lacking]), ['error registry "Public Repo" is in Palette 2 times']);
  });
});

describe("lines of the doctor", () => {
  it("hold outcome, code, place, what and fix, and no invisible character", () => {
    const row = {
      outcome: "error",
      code: "PAL007",
      where: "profile x",
      message: "no\u202epack.",
      fix: "Add it.",
    } as const;
    assert.equal(findingLine(row), "error      PAL007  profile x: no\\u202epack. Add it.");
  });

  it("are explained in docs/doctor.md, rule by rule", () => {
    const page = readFileSync(join(__dirname, "../../../docs/doctor.md"), "utf8");
    const missing = Object.entries(DOCTOR_RULES).filter(([code, rule]) => !page.includes(`| ${code} | ${rule} |`));
    assert.deepEqual(missing, []);
  });
});
