import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { clientOperations, isOf, name } from "../../../../ops/conformance/palette/client-operations";
import { coverage, coverageLines } from "../../../../ops/conformance/palette/coverage";

describe("operations that the client can call, read from its sources", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "operations-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function read(files: Record<string, string>): string[] {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return clientOperations(folder, ".").map(name);
  }

  it("are reads, lists, searches, downloads and creates by their path", () => {
    const calls = [
      'client.get("/v1/a");',
      "client.list(`/v1/b/${uid}/c`);",
      'link.client.search("/v1/d", item, "things", {});',
      "this.client.download(`/v1/e/${encodeURIComponent(name)}`);",
      'client.create({ path: "/v1/f", body }, find);',
    ];
    assert.deepEqual(read({ "a.ts": calls.join("\n") }), [
      "GET /v1/a",
      "GET /v1/b/{}/c",
      "GET /v1/e/{}",
      "POST /v1/d",
      "POST /v1/f",
    ]);
  });

  it("are requests with a method and a path, also one that stands under a name", () => {
    const text =
      'const path = `/v1/a/${uid}`; client.send({ method: "PATCH", path }); const r = { method: "GET", path: "/v1/b" };';
    assert.deepEqual(read({ "a.ts": text }), ["GET /v1/b", "PATCH /v1/a/{}"]);
  });

  it("follow constants of other files, parameters, conditions and loops over texts", () => {
    const one = 'export const root = "/v1/a";';
    const two = [
      'import { root } from "./one";',
      'const patch = (part: string) => client.send({ method: "PATCH", path: `${root}/${part}` });',
      'patch("x"); patch("y");',
      'const parts = flag ? ["p", "q"] : ["r"];',
      "for (const part of parts) { client.get(`${root}/${part}`); }",
      'function read(path: string) { client.get(path); } read("/v1/b"); read(flag ? "/v1/c" : "/v1/d");',
    ];
    assert.deepEqual(read({ "one.ts": one, "two.ts": two.join("\n") }), [
      "GET /v1/a/p",
      "GET /v1/a/q",
      "GET /v1/a/r",
      "GET /v1/b",
      "GET /v1/c",
      "GET /v1/d",
      "PATCH /v1/a/x",
      "PATCH /v1/a/y",
    ]);
  });

  it("are an error, with its place, where a path cannot be read, but not inside the client itself", () => {
    assert.throws(() => read({ "a.ts": "client.get(pathOf(it));" }), /a\.ts:1: the path \{\} cannot be read/);
    assert.deepEqual(read({ "a.ts": 'class Client { get(path: string) { this.ask({ method: "GET", path }); } }' }), []);
  });

  it("are matched by requests of the same method and number of segments, whatever stands for what is not known", () => {
    const segment = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    fc.assert(
      fc.property(segment, segment, (uid, other) => {
        const operation = { method: "GET", path: "/v1/a/{}/b", where: "" };
        assert.ok(isOf(operation, { method: "GET", path: `/v1/a/${uid}/b` }));
        assert.ok(!isOf(operation, { method: "PUT", path: `/v1/a/${uid}/b` }));
        assert.ok(!isOf(operation, { method: "GET", path: `/v1/a/${uid}/b/${other}` }));
        assert.equal(isOf(operation, { method: "GET", path: `/v1/a/${uid}/${other}` }), other === "b");
      }),
    );
  });

  it("are covered by a recording or named with their place, as is what was sent without being found", () => {
    const operations = [
      { method: "GET", path: "/v1/a/{}", where: "a.ts:1" },
      { method: "PUT", path: "/v1/a/{}", where: "a.ts:2" },
    ];
    const found = coverage(operations, [
      { method: "GET", path: "/v1/a/1" },
      { method: "POST", path: "/v1/b" },
    ]);
    assert.deepEqual(coverageLines(found), [
      "not covered: PUT /v1/a/{} (a.ts:2)",
      "sent, but not found in the client's sources: POST /v1/b",
      "1 of 2 operations of the client covered",
    ]);
  });
});
