import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { clientOperations, isOf, name } from "../../../ops/conformance/palette/client-operations";
import { DEVIATIONS } from "../../../ops/conformance/palette/deviations";
import { type Direction, type Shape, shapeDifferences } from "../../../ops/conformance/palette/shape";
import {
  findOperation,
  type Operation,
  readSpecification,
  type Specification,
} from "../../../ops/conformance/palette/specification";
import { wholeLife } from "./life";
import { type ObservedCall, observedCalls } from "./observed-calls";
import { tenant } from "./tenant";

const file = join(__dirname, "../../../../shared/palette-openapi-subset.json");

/** The shape of a schema of ours: of an answer before it is read, of a body as it is sent. */
function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
}

describe("shapes of the client of Palette (simulated Palette and MAAS)", function () {
  this.timeout(120_000);
  const site = tenant();
  let specification: Specification;
  let calls: ObservedCall[];

  before(async function () {
    if (!existsSync(file)) {
      console.log(
        "    skipped: Palette's description is not beside the project (../shared/palette-openapi-subset.json)",
      );
      return this.skip();
    }
    specification = readSpecification(file);
    calls = await observedCalls(() => wholeLife(site));
  });

  /** Differences over all calls, each once, as `VERB /path where: what`. */
  function differences(of: (call: ObservedCall, operation: Operation) => string[]): string[] {
    const found = calls.flatMap((call) => {
      const { method, path } = call.request;
      const operation = findOperation(specification, method, path);
      assert.ok(operation, `${method} ${path} is not described`);
      return of(call, operation).map((difference) => `${method} ${operation.path} ${difference}`);
    });
    return [...new Set(found)].sort();
  }

  const compare = (
    schema: z.ZodType,
    published: Operation["parameters"][number]["schema"],
    direction: Direction,
  ): string[] =>
    published === undefined
      ? ["has no body there"]
      : shapeDifferences(shapeOf(schema), published, specification.definitions, direction);

  it("of bodies are those of the published description, for every operation with a body", () => {
    const found = differences(({ request: { body } }, { parameters }) => {
      const published = parameters.find((parameter) => parameter.in === "body");
      if (body === undefined) return published?.required === true ? ["sends no body"] : [];
      return compare(body.schema, published?.schema, "sent");
    });
    assert.deepEqual(found, []);
    assert.ok(calls.filter(({ request }) => request.body !== undefined).length > 15);
  });

  it("of answers hold only members that the published description has, with types that it may have", () => {
    const found = differences(({ schema }, { responses }) => {
      const [published] = [...responses].filter(([status]) => status < 300).map(([, body]) => body);
      return schema === undefined ? [] : compare(schema, published, "read");
    });
    assert.deepEqual(
      found,
      DEVIATIONS.map(({ difference }) => difference),
    );
  });

  it("were compared for every operation that the client can call", () => {
    const operations = clientOperations(join(__dirname, "../../.."), "providers/palette");
    const missing = operations.filter((operation) => !calls.some(({ request }) => isOf(operation, request))).map(name);
    assert.deepEqual(missing, []);
  });
});

describe("deviations of the client from Palette's description", () => {
  it("are listed in docs/conformance.md with their source", () => {
    const page = readFileSync(join(__dirname, "../../../docs/conformance.md"), "utf8");
    for (const { difference, source } of DEVIATIONS)
      assert.ok(page.includes(`| \`${difference}\` | ${source} |`), difference);
  });
});
