import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { driftReport } from "../../../ops/drift/drift";
import { driftPage } from "../../../ops/drift/page";
import { driftDocument, EXIT_CODES, failedReport } from "../../../ops/drift/document";
import type { StackCheck } from "../../../ops/drift/stack-check";
import type { ReportedFinding, RunReportDocument } from "../../../stacks/run-report/run-report";
import { readPreviewDigest } from "../../../ops/drift/preview-digest";
import { driftText, healingCommand } from "../../../ops/drift/text";

type Inputs = Readonly<Record<string, unknown>>;

function urn(type: string, name: string): string {
  return `urn:pulumi:dc1::vmo-metal::vmo-metal:Datacenter$${type}::${name}`;
}

function state(type: string, inputs: Inputs | undefined): { type: string; inputs?: Inputs } | null {
  return inputs === undefined ? null : { type, inputs };
}

const network = "pulumi-nodejs:dynamic/maas:HostNetwork";
const secret = "kubernetes:core/v1:Secret";

function step(op: string, type: string, name: string, before: Inputs | undefined, after: Inputs | undefined): object {
  return { op, urn: urn(type, name), oldState: state(type, before), newState: state(type, after) };
}

function report(
  steps: readonly object[],
  diagnostics: readonly object[] = [],
  more: Partial<StackCheck> = {},
): ReturnType<typeof driftReport> {
  return driftReport({
    ...{ stack: "dc1", time: "2026-12-01T03:00:00.000Z", error: null, run, resourceFindings: [], excluded: new Map() },
    drift: steps.some((one) => !["refresh", "same"].includes((one as { op: string }).op)),
    digest: readPreviewDigest(JSON.stringify({ steps, diagnostics })),
    ...more,
  });
}

/** What the program reports of a run without findings. */
const run: RunReportDocument = {
  ...{ version: 1, stack: "dc1", datacenter: "dc1", time: "2026-12-01T03:00:00.000Z", operation: "preview" },
  ...{ complete: true, ended: null, unavailable: [], findings: [], effects: [] },
};

const wished = { interfaces: { bond_data: { mtu: 1500 } }, changes: "applied at once" };
const found = { ...wished, interfaces: { bond_data: { mtu: 9000 } } };

describe("driftReport", () => {
  it("has nothing to tell of a stack that is as described", () => {
    const calm = report([step("refresh", network, "worker-1-network", wished, wished)]);
    assert.deepEqual(calm.drifted, []);
    assert.equal(driftText(calm), "Datacenter dc1: no drift in 1 resources.");
    assert.match(driftPage(calm), /Everything that was read is as described/);
  });

  it("names system, kind, resource and field of what was changed in the datacenter", () => {
    const drift = report([
      step("refresh", network, "worker-1-network", wished, wished),
      step("update", network, "worker-1-network", found, wished),
    ]);
    assert.deepEqual(drift.drifted, [
      {
        system: "MAAS",
        kind: "HostNetwork",
        name: "worker-1-network",
        state: "differs",
        up: "sets it as described",
        fields: [{ path: "interfaces.bond_data.mtu", found: "9000", described: "1500", cause: "datacenter" }],
      },
    ]);
    const text = driftText(drift);
    assert.match(text, /^MAAS HostNetwork worker-1-network: differs; an up sets it as described\n/);
    assert.match(text, /interfaces\.bond_data\.mtu: found 9000, described 1500\n/);
    assert.match(text, /1 of 1 resources not as described \(1 differs\)\.$/);
    assert.match(driftPage(drift), /<code>npm run pulumi -- up --refresh --run-program --stack dc1<\/code>/);
    assert.equal(healingCommand("dev"), "npm run pulumi -- up --refresh --run-program");
  });

  it("says of a deployed host that an up changes nothing now", () => {
    const waits = { ...wished, changes: "pending until repave: worker-1 is Deployed" };
    const [host] = report([
      step("refresh", network, "worker-1-network", wished, wished),
      step("update", network, "worker-1-network", found, waits),
    ]).drifted;
    assert.equal(host?.state, "pending until repave");
    assert.equal(host.up, "only records the change (pending until repave: worker-1 is Deployed)");
  });

  it("tells what is gone from what was never made, and what is no longer described", () => {
    const { drifted } = report([
      step("refresh", secret, "one", { kind: "Secret" }, undefined),
      step("create", secret, "one", undefined, { kind: "Secret" }),
      step("create", secret, "two", undefined, { kind: "Secret" }),
      step("delete", secret, "three", { kind: "Secret" }, undefined),
    ]);
    assert.deepEqual(
      drifted.map(({ name, state: how, up }) => [name, how, up]),
      [
        ["one", "gone", "makes it again"],
        ["three", "no longer described", "deletes it"],
        ["two", "not made yet", "makes it"],
      ],
    );
  });

  it("says loudly that something would be replaced, once", () => {
    const { drifted } = report([
      step("create-replacement", secret, "one", { a: 1 }, { a: 2 }),
      step("replace", secret, "one", { a: 1 }, { a: 2 }),
      step("delete-replaced", secret, "one", { a: 1 }, { a: 2 }),
    ]);
    assert.deepEqual(
      drifted.map(({ up }) => up),
      ["REPLACES it"],
    );
  });

  it("names the field of a secret that differs, and no value", () => {
    const masked = { data: "[secret]" };
    const update = {
      ...step("update", secret, "one", masked, masked),
      detailedDiff: { 'data["x"]': { kind: "update" } },
    };
    const [drifted] = report([update]).drifted;
    assert.deepEqual(drifted?.fields, [
      { path: 'data["x"]', found: "another value", described: "not shown", cause: "datacenter" },
    ]);
  });

  it("lists what waits for a repave since an earlier up, without calling it drift", () => {
    const pending = ["worker-1: bond_data: mtu is 1500, wanted 9000"];
    const root = "pulumi:pulumi:Stack";
    const drift = report([
      {
        op: "same",
        urn: `urn:pulumi:dc1::vmo-metal::${root}::vmo-metal-dc1`,
        oldState: { type: root, outputs: { pending } },
      },
    ]);
    assert.deepEqual([drift.drifted, drift.pending], [[], pending]);
    assert.match(driftText(drift), /no drift in 0 resources; pending until repave: 1\.$/);
    assert.match(driftPage(drift), /worker-1: bond_data: mtu is 1500, wanted 9000/);
  });

  it("shows warnings of the program before everything else", () => {
    const text = driftText(
      report(
        [],
        [
          { severity: "info", message: "fine" },
          { severity: "warning", message: "look\n" },
        ],
      ),
    );
    assert.match(text, /^warning: look\n/);
    assert.doesNotMatch(text, /fine/);
  });

  it("shows what is logged for many resources once", () => {
    const message = "warning: the cluster is unreachable\n";
    const { messages } = report(
      [],
      [1, 2, 3].map(() => ({ severity: "warning", message })),
    );
    assert.deepEqual(messages, [{ severity: "warning", text: "the cluster is unreachable" }]);
  });

  it("draws values of any text as text", () => {
    const page = driftPage(report([step("update", secret, "one", { a: "<script>" }, { a: '"&' })]));
    assert.doesNotMatch(page, /<script>/);
    assert.match(page, /&lt;script&gt;/);
  });
});

const broken: ReportedFinding = {
  ...{ code: "SIT005", tier: "site", severity: "error", path: "vmo-metal:datacenter.hosts.worker-pool", host: null },
  ...{ message: "worker-2 is Broken: it cannot become a node", fix: "Repair it.", silenced: null },
};

function withFindings(...findings: readonly ReportedFinding[]): Partial<StackCheck> {
  return { run: { ...run, findings: [...findings] } };
}

describe("driftReport with findings", () => {
  const network1 = step("refresh", network, "worker-1-network", wished, wished);
  const drift1 = step("update", network, "worker-1-network", found, wished);

  it("shows them beside drifted fields, as text and as a page, and counts both", () => {
    const both = report([network1, drift1], [], withFindings(broken));
    assert.deepEqual([both.outcome, both.exitCode], ["drift", 7]);
    const text = driftText(both);
    assert.match(
      text,
      /^SIT005 error vmo-metal:datacenter\.hosts\.worker-pool: worker-2 is Broken: .*node\. Repair it\.$/m,
    );
    assert.match(text, /interfaces\.bond_data\.mtu: found 9000/);
    assert.match(text, /1 of 1 resources not as described \(1 differs\); findings: 1\.$/);
    const page = driftPage(both);
    assert.match(page, /SIT005.*worker-2 is Broken/);
    assert.match(page, /interfaces\.bond_data\.mtu/);
  });

  it("is drift for a finding alone", () => {
    const alone = report([network1], [], withFindings(broken));
    assert.deepEqual([alone.outcome, alone.exitCode, alone.complete], ["drift", 7, true]);
    assert.match(driftText(alone), /no drift in 1 resources; findings: 1\.$/);
  });

  it("counts warnings about the site, and neither warnings about the description alone nor silenced ones", () => {
    const outcome = (finding: Partial<ReportedFinding>): string =>
      report([network1], [], withFindings({ ...broken, ...finding })).outcome;
    assert.equal(outcome({ severity: "warning" }), "drift");
    assert.equal(outcome({ severity: "warning", tier: "description" }), "clean");
    assert.equal(outcome({ severity: "warning", silenced: "repaired next week" }), "clean");
    assert.equal(outcome({ tier: "description" }), "drift");
  });

  it("shows silenced ones on the page only, with the reason", () => {
    const silenced = report([network1], [], withFindings({ ...broken, silenced: "repaired next week" }));
    assert.doesNotMatch(driftText(silenced), /SIT005/);
    assert.match(driftPage(silenced), /repaired next week/);
  });

  it("reports what was read of one API while the other is away, and exits with 2", () => {
    const reason = "MAAS: GET http://maas/ got no answer";
    const pool = "pulumi-nodejs:dynamic/maas:ResourcePool";
    const profile = "pulumi-nodejs:dynamic/palette:ClusterProfile";
    const read = step("refresh", pool, "worker-pool", wished, wished) as { oldState: object };
    const away = report(
      [
        { ...read, oldState: { ...read.oldState, id: "7" } },
        step("refresh", profile, "core", { version: "1.0.0" }, { version: "1.0.0" }),
        step("update", profile, "core", { version: "1.0.1" }, { version: "1.0.0" }),
      ],
      [],
      {
        run: { ...run, unavailable: [{ api: "MAAS", cause: "unreachable", reason }] },
        resourceFindings: [{ kind: "maas:ResourcePool", id: "7", operation: "read", cause: "unreachable", reason }],
      },
    );
    assert.deepEqual([away.outcome, away.exitCode, away.complete, away.read], ["unreachable", 2, false, 1]);
    assert.deepEqual(
      away.unread.map(({ system, kind, name }) => [system, kind, name]),
      [["MAAS", "ResourcePool", "worker-pool"]],
    );
    const text = driftText(away);
    assert.match(text, /^MAAS unreachable: MAAS: GET/m);
    assert.match(text, /^Palette ClusterProfile core: differs/m);
    assert.match(text, /^MAAS ResourcePool worker-pool: not read \(unreachable\)$/m);
    assert.match(text, /not read: 1\.$/);
    assert.match(driftPage(away), /Not read/);
  });

  it("exits with 3 for a refused key, before everything else", () => {
    const refused = report([network1, drift1], [], {
      run: {
        ...run,
        unavailable: [
          { api: "MAAS", cause: "refused", reason: "401" },
          { api: "Palette", cause: "unreachable", reason: "no answer" },
        ],
      },
    });
    assert.deepEqual([refused.outcome, refused.exitCode], ["refused", 3]);
    assert.equal(refused.drifted.length, 1);
  });

  it("takes one object that cannot be read as a finding, with the others compared", () => {
    const one = report([network1, drift1], [], {
      resourceFindings: [{ kind: "maas:Subnet", id: "9", operation: "read", cause: "failed", reason: "500" }],
    });
    assert.deepEqual([one.outcome, one.complete, one.drifted.length], ["drift", false, 1]);
    assert.match(driftText(one), /^MAAS Subnet 9: not read: 500$/m);
  });

  it("takes objects on a cluster that cannot be reached as not read, and those that the engine left out", () => {
    const reason = "This preview does not know what is in the cluster: no answer";
    const left = urn(secret, "two");
    const steps = [step("refresh", secret, "one", { a: 1 }, { a: 1 }), step("same", secret, "two", { a: 1 }, { a: 1 })];
    const away = report(steps, [], {
      run: { ...run, unavailable: [{ api: "Kubernetes", cause: "unreachable", reason }] },
      excluded: new Map([[left, "timed out"]]),
    });
    assert.equal(away.outcome, "unreachable");
    assert.deepEqual(
      away.unread.map(({ name, cause, reason: why }) => [name, cause, why]),
      [
        ["one", "unreachable", reason],
        ["two", "failed", "timed out"],
      ],
    );
    assert.equal(away.read, 0);
  });

  it("names in one line what many resources were not read for", () => {
    const findings = ["1", "2", "3"].map(
      (id) => ({ kind: "maas:Zone", id, operation: "read", cause: "failed" }) as const,
    );
    const many = report([], [], { resourceFindings: findings.map((one) => ({ ...one, reason: "500" })) });
    assert.match(driftText(many), /^MAAS Zone 1 and 2 more resources: not read: 500$/m);
  });

  it("holds what was found although the comparison ended early, and exits with 1", () => {
    const ended = report([network1], [{ severity: "error", message: "no such stack" }], {
      ...{ drift: false, error: "no such stack" },
      run: { ...run, complete: false, findings: [broken] },
    });
    assert.deepEqual([ended.outcome, ended.exitCode, ended.complete], ["failed", 1, false]);
    const text = driftText(ended);
    assert.match(text, /^The comparison did not come to its end: no such stack$/m);
    assert.match(text, /SIT005/);
    assert.match(driftPage(ended), /no such stack/);
  });
});

describe("the JSON document of a drift check", () => {
  it("is by its schema in every outcome", () => {
    const step1 = step("refresh", network, "worker-1-network", wished, wished);
    const outcomes = [
      report([step1]),
      report([step1], [], withFindings(broken)),
      report([step1], [], { error: "ended" }),
      report([step1], [], { run: { ...run, unavailable: [{ api: "MAAS", cause: "unreachable", reason: "r" }] } }),
      report([step1], [], { run: { ...run, unavailable: [{ api: "MAAS", cause: "refused", reason: "r" }] } }),
      report([], [], { error: "no project", run: undefined }),
      failedReport("dc1", "2026-12-01T03:00:00.000Z", "there is no stack file"),
    ];
    for (const one of outcomes) {
      assert.deepEqual(driftDocument.strict().parse(JSON.parse(JSON.stringify(one))), one);
      assert.equal(one.exitCode, EXIT_CODES[one.outcome]);
    }
    assert.deepEqual(
      outcomes.map(({ exitCode }) => exitCode),
      [0, 7, 1, 2, 3, 1, 1],
    );
  });

  it("documents every key in docs/drift.md", () => {
    const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "drift.md"), "utf8");
    for (const key of Object.keys(driftDocument.shape)) assert.ok(page.includes(`| \`${key}\` |`), key);
  });
});

describe("text and page of a drift check", () => {
  const evil = fc.string({ unit: "binary", minLength: 1 });

  it("show no control character of any value, and no value begins a line of its own", () => {
    fc.assert(
      fc.property(evil, evil, evil, (name, value, message) => {
        const report1 = report(
          [step("update", network, name, { a: value }, { a: "x" })],
          [{ severity: "warning", message }],
          withFindings({ ...broken, path: value, message }),
        );
        for (const text of [driftText(report1), driftPage(report1)])
          assert.doesNotMatch(text, /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
        assert.doesNotMatch(driftText(report1), new RegExp("^forged", "m"));
      }),
    );
    const forged = report([step("update", network, "n", { a: "x\nforged" }, { a: "y" })]);
    assert.doesNotMatch(driftText(forged), /^forged/m);
  });
});
