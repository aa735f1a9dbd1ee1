import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ApiError, InputError } from "../../../providers/dynamic/errors";
import { missingKey } from "../../../providers/dynamic/configuration";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { resourceFindingsFile } from "../../../providers/dynamic/report-mode";
import { forgetUnavailable, reporting } from "../../../providers/dynamic/reporting";
import { addResourceFinding, causeOf, readResourceFindings } from "../../../providers/dynamic/resource-findings";

const api = { api: "MAAS", method: "GET", endpoint: "http://maas/", detail: "no" };
const failures = {
  unreachable: new ApiError(api),
  refused: new ApiError({ ...api, status: 401 }),
  failed: new ApiError({ ...api, status: 500 }),
};

describe("a provider in a run that reports findings", () => {
  const folder = mkdtempSync(join(tmpdir(), "vmo-metal-findings-"));
  const report = join(folder, "run.json");
  const file = resourceFindingsFile(report);
  let calls: string[] = [];

  beforeEach(() => {
    calls = [];
    forgetUnavailable();
    process.env["VMO_METAL_RUN_REPORT"] = report;
    process.env["VMO_METAL_FINDINGS"] = "report";
  });
  afterEach(() => {
    delete process.env["VMO_METAL_RUN_REPORT"];
    delete process.env["VMO_METAL_FINDINGS"];
    rmSync(file, { force: true });
  });
  after(() => rmSync(folder, { recursive: true }));

  function provider(failure: Error | undefined, identity = "http://maas"): ReturnType<typeof reporting> {
    const answer = async <Result>(call: string, result: Result): Promise<Result> => {
      calls.push(call);
      if (failure !== undefined) throw failure;
      return result;
    };
    return reporting(
      "maas:Subnet",
      {
        check: async (_olds: PlainObject, news: PlainObject) => ({
          inputs: news,
          failures: failure === undefined ? [] : [{ property: "cidr", reason: failure.message }],
        }),
        diff: async (id: string) => answer(`diff ${id}`, { changes: true }),
        read: async (id: string) => answer(`read ${id}`, { id, props: { found: true } }),
        create: async () => ({ id: "" }),
      },
      () => identity,
    );
  }
  const findings = (): ReturnType<typeof readResourceFindings> =>
    existsSync(file) ? readResourceFindings(readFileSync(file, "utf8")) : [];

  it("passes on what succeeds, and reports nothing", async () => {
    const works = provider(undefined);
    assert.deepEqual(await works.read("7", { kept: 1 }), { id: "7", props: { found: true } });
    assert.deepEqual(await works.diff("7", {}, {}), { changes: true });
    assert.deepEqual(await works.check({ old: 1 }, { new: 1 }), { inputs: { new: 1 }, failures: [] });
    assert.deepEqual(findings(), []);
  });

  it("returns the known state of what cannot be read, and reports kind, id, cause and reason", async () => {
    const known = { id: "7", props: { kept: 1 } };
    assert.deepEqual(
      await provider(failures.failed).read("7", { kept: 1 }),
      known,
      "no inputs: the engine keeps its own",
    );
    const { message } = failures.failed;
    assert.deepEqual(findings(), [
      { kind: "maas:Subnet", id: "7", operation: "read", cause: "failed", reason: message },
    ]);
  });

  it("shows no change of what cannot be compared", async () => {
    const refusal = new InputError("a live cluster is not replaced");
    assert.deepEqual(await provider(refusal).diff("7", {}, {}), { changes: false });
    assert.deepEqual(findings()[0]?.operation, "diff");
  });

  it("keeps the inputs of what fails its check", async () => {
    const failing = provider(new Error("must be a CIDR"));
    assert.deepEqual(await failing.check({ cidr: "10.0.0.0/8" }, { cidr: 5 }), {
      inputs: { cidr: "10.0.0.0/8" },
      failures: [],
    });
    assert.deepEqual(await failing.check({}, { cidr: 5 }), { inputs: { cidr: 5 }, failures: [] });
    assert.equal(findings()[0]?.reason, "cidr: must be a CIDR");
  });

  for (const cause of ["unreachable", "refused"] as const)
    it(`calls an API that is ${cause} once, and another API still`, async () => {
      for (const id of ["1", "2", "3"]) await provider(failures[cause]).read(id, {});
      assert.deepEqual(calls, ["read 1"]);
      assert.deepEqual(
        findings().map((finding) => [finding.id, finding.cause]),
        ["1", "2", "3"].map((id) => [id, cause]),
      );
      await provider(undefined, "https://palette").read("4", {});
      assert.deepEqual(calls, ["read 1", "read 4"]);
    });

  it("calls an API again after a failure of one object", async () => {
    for (const id of ["1", "2"]) await provider(failures.failed).read(id, {});
    assert.deepEqual(calls, ["read 1", "read 2"]);
  });

  it("fails as ever where findings are not reported", async () => {
    delete process.env["VMO_METAL_FINDINGS"];
    await assert.rejects(provider(failures.failed).read("7", {}), failures.failed);
    await assert.rejects(provider(failures.failed).diff("7", {}, {}), failures.failed);
    assert.equal((await provider(failures.failed).check({}, {})).failures?.length, 1);
    assert.deepEqual(findings(), []);
  });

  it("fails as ever where there is no report to add to", async () => {
    delete process.env["VMO_METAL_RUN_REPORT"];
    await assert.rejects(provider(failures.failed).read("7", {}), failures.failed);
  });
});

describe("findings about single resources", () => {
  it("know an API that is away, a refused key and a missing one by their type", () => {
    assert.equal(causeOf(failures.unreachable), "unreachable");
    assert.equal(causeOf(new ApiError({ ...api, status: 503 })), "unreachable");
    assert.equal(causeOf(failures.refused), "refused");
    assert.equal(causeOf(new ApiError({ ...api, status: 403 })), "refused");
    assert.equal(causeOf(missingKey("dc1", "maas")), "refused");
    assert.equal(causeOf(new TypeError("answers.map is not a function")), "failed");
  });

  it("are read as they were written, whatever their texts hold", () => {
    const folder = mkdtempSync(join(tmpdir(), "vmo-metal-findings-"));
    const file = join(folder, "findings");
    const text = fc.string({ unit: "binary" });
    const finding = fc.record({
      kind: text,
      id: fc.option(text),
      operation: fc.constantFrom("read" as const, "diff" as const, "check" as const),
      cause: fc.constantFrom("unreachable" as const, "refused" as const, "failed" as const),
      reason: text,
    });
    fc.assert(
      fc.property(fc.array(finding, { minLength: 1 }), (all) => {
        for (const one of all) addResourceFinding(file, one);
        assert.deepEqual(
          readResourceFindings(readFileSync(file, "utf8")),
          all.map((one) => ({ ...one })),
        );
        rmSync(file);
      }),
      { numRuns: 50 },
    );
    rmSync(folder, { recursive: true });
  });
});
