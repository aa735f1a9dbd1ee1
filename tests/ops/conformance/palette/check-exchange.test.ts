import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkExchange } from "../../../../ops/conformance/palette/check-exchange";
import type { RecordedExchange } from "../../../../ops/conformance/palette/exchange";
import { palettePart } from "../../../../ops/conformance/palette/palette-part";
import { readSpecification } from "../../../../ops/conformance/palette/specification";

const DOCUMENT = {
  swagger: "2.0",
  paths: {
    "/v1/things": {
      post: {
        operationId: "thingsCreate",
        parameters: [
          { name: "publish", in: "query", type: "boolean" },
          { name: "body", in: "body", schema: { $ref: "#/definitions/thing" } },
        ],
        responses: { 201: { schema: { $ref: "#/definitions/uid" } } },
      },
    },
    "/v1/things/{uid}": {
      parameters: [{ name: "uid", in: "path", required: true, type: "string" }],
      get: { operationId: "thingsGet", responses: { 200: { schema: { $ref: "#/definitions/thing" } } } },
      delete: { operationId: "thingsDelete", responses: { 204: {} } },
    },
  },
  definitions: {
    uid: { type: "object", required: ["uid"], properties: { uid: { type: "string" } } },
    thing: {
      type: "object",
      required: ["name", "undeclared"],
      properties: {
        name: { type: "string" },
        size: { type: "integer" },
        made: { type: "string", format: "date-time" },
        labels: { type: "object", additionalProperties: { type: "string" } },
        parts: { type: "array", items: { $ref: "#/definitions/uid" } },
        kind: { type: "string", enum: ["a", "b"] },
      },
    },
  },
};

describe("conformance of Palette exchanges", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "conformance-"));
    file = join(folder, "document.json");
    writeFileSync(file, JSON.stringify(DOCUMENT));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const json = (value: unknown) => ({ contentType: "application/json", json: value });
  const problems = (exchange: Partial<RecordedExchange>) =>
    checkExchange(readSpecification(file), {
      method: "GET",
      path: "/v1/things/1",
      query: "",
      status: 200,
      ...exchange,
    });

  it("agrees with what the document describes; null counts as absent", () => {
    const create = { method: "POST", path: "/v1/things", query: "publish=true", status: 201 };
    const thing = {
      name: "x",
      size: null,
      labels: { a: "b" },
      parts: [{ uid: "1" }],
      made: "2025-01-01T00:00:00.000Z",
    };
    assert.deepEqual(problems({ ...create, request: json(thing), response: json({ uid: "1" }) }), {
      outcome: "agree",
      operation: "POST /v1/things",
      known: true,
      problems: [],
    });
    assert.equal(problems({ method: "DELETE", status: 204 }).outcome, "agree");
    assert.equal(problems({ status: 404, response: json({ code: "ResourceNotFound" }) }).outcome, "agree");
  });

  it("names every disagreement of request and answer", () => {
    const wrong = { name: null, size: 1.5, labels: { a: 1 }, parts: [{}], made: "today", kind: "c", more: true };
    assert.deepEqual(problems({ response: json(wrong) }).problems, [
      "answer name: is required and absent",
      "answer size: 1.5 is not a whole number",
      "answer labels.a: 1 is not a text",
      "answer parts[0].uid: is required and absent",
      'answer made: "today" is not a date-time',
      'answer kind: "c" is not one of ["a","b"]',
      "answer more: the schema has no such member",
    ]);
    const create = { method: "POST", path: "/v1/things", query: "publish=yes&nonsense=1", status: 200 };
    assert.deepEqual(problems({ ...create, request: json({}), response: json({}) }).problems, [
      "query publish: 'yes' is not a boolean",
      "query nonsense: the document has no such parameter",
      "request name: is required and absent",
      "answer: the document has no status 200",
    ]);
    assert.deepEqual(problems({ method: "PUT" }).problems, ["the document has no such operation"]);
  });

  it("tells what is not served from what is refused, and sums up", () => {
    const exchanges = [
      { method: "GET", path: "/v1/things/1", query: "", status: 200, response: json({ name: "x" }) },
      { method: "GET", path: "/v1/things/2", query: "", status: 200, response: json({}) },
      { method: "DELETE", path: "/v1/things/1", query: "", status: 405, response: json({ code: 405, message: "no" }) },
    ];
    const recording = join(folder, "exchanges.ndjson");
    writeFileSync(recording, exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join(""));
    const lines: string[] = [];
    const sums = palettePart(readSpecification(file), recording, (line) => lines.push(line));
    assert.deepEqual(lines, [
      "DELETE /v1/things/{uid}: 1 not served",
      "GET /v1/things/{uid}: 1 agree, 1 disagree",
      "  answer name: is required and absent",
      "1 of 3 operations covered",
      "3 exchanges: 1 agree, 1 disagree, 1 not served",
    ]);
    assert.deepEqual(sums, {
      exchanges: 3,
      agree: 1,
      disagree: 1,
      notServed: 1,
      operationsCovered: 1,
      operations: 3,
    });
    writeFileSync(recording, "{}\n");
    assert.throws(
      () => palettePart(readSpecification(file), recording, () => undefined),
      /exchanges\.ndjson:1 is not a recorded exchange/,
    );
  });
});
