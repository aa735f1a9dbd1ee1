import assert from "node:assert/strict";
import { driftReport } from "../../../ops/drift/drift";
import { driftPage } from "../../../ops/drift/page";
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

function report(steps: readonly object[], diagnostics: readonly object[] = []): ReturnType<typeof driftReport> {
  return driftReport("dc1", readPreviewDigest(JSON.stringify({ steps, diagnostics })));
}

const wished = { interfaces: { bond_data: { mtu: 1500 } }, changes: "applied at once" };
const found = { ...wished, interfaces: { bond_data: { mtu: 9000 } } };

describe("driftReport", () => {
  it("has nothing to tell of a stack that is as described", () => {
    const calm = report([step("refresh", network, "worker-1-network", wished, wished)]);
    assert.deepEqual(calm.drifted, []);
    assert.equal(driftText(calm), "Datacenter dc1: no drift in 1 resources.");
    assert.match(driftPage(calm, "today"), /Everything that was read is as described/);
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
    assert.match(driftPage(drift, "today"), /<code>npm run pulumi -- up --refresh --run-program --stack dc1<\/code>/);
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
    assert.match(driftPage(drift, "today"), /worker-1: bond_data: mtu is 1500, wanted 9000/);
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

  it("draws values of any text as text", () => {
    const page = driftPage(report([step("update", secret, "one", { a: "<script>" }, { a: '"&' })]), "today");
    assert.doesNotMatch(page, /<script>/);
    assert.match(page, /&lt;script&gt;/);
  });
});
