import assert from "node:assert/strict";
import { z } from "zod";
import type { Schema } from "../../../../ops/conformance/palette/schema";
import { type Direction, type Shape, shapeDifferences } from "../../../../ops/conformance/palette/shape";

const definitions: Record<string, Schema> = {
  meta: {
    type: "object",
    properties: { name: { type: "string" }, labels: { type: "object", additionalProperties: { type: "string" } } },
  },
  kind: { type: "string", enum: ["pack", "helm"] },
  thing: {
    type: "object",
    required: ["name", "undeclared"],
    allOf: [{ $ref: "#/definitions/meta" }],
    properties: {
      size: { type: "integer" },
      ratio: { type: "number" },
      kind: { $ref: "#/definitions/kind" },
      parts: { type: "array", items: { $ref: "#/definitions/meta" } },
    },
  },
};

function differences(schema: z.ZodType, direction: Direction, published = "thing"): string[] {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  return shapeDifferences(shape, { $ref: `#/definitions/${published}` }, definitions, direction);
}

describe("comparison of a shape with a published schema", () => {
  it("finds nothing in members that are described, in references and merged parts too, null or absent or not", () => {
    const same = z.object({
      name: z.string(),
      labels: z.record(z.string(), z.string()).nullish(),
      size: z.int().nullish(),
      kind: z.enum(["pack", "helm"]).nullish(),
      parts: z.array(z.object({ name: z.string() })).nullish(),
    });
    assert.deepEqual(differences(same, "read"), []);
    assert.deepEqual(differences(same, "sent"), []);
  });

  it("finds members that are not described, at any depth, and members of another type", () => {
    const other = z.object({
      name: z.int(),
      extra: z.string(),
      labels: z.record(z.string(), z.boolean()),
      parts: z.array(z.object({ nam: z.string() })),
    });
    assert.deepEqual(differences(other, "read"), [
      "name: is string there, and integer here",
      "extra: the description has no such member",
      "labels.*: is string there, and boolean here",
      "parts[].nam: the description has no such member",
    ]);
  });

  it("reads a whole number as any number, and sends any number only where that is described", () => {
    const numbers = z.object({ name: z.string(), size: z.number(), ratio: z.number() });
    assert.deepEqual(differences(numbers, "read"), []);
    assert.deepEqual(differences(numbers, "sent"), ["size: is integer there, and number here"]);
    assert.deepEqual(differences(z.object({ name: z.string(), ratio: z.int() }), "sent"), []);
  });

  it("finds values that may come and are not accepted, and values that are sent and not described", () => {
    assert.deepEqual(differences(z.object({ kind: z.literal("pack") }), "read"), [
      'kind: may be "helm" there, which is not accepted here',
    ]);
    assert.deepEqual(differences(z.object({ name: z.enum(["a"]) }), "read"), [
      'name: may be anything there, and only "a" here',
    ]);
    assert.deepEqual(differences(z.object({ name: z.string(), kind: z.enum(["pack", "oci"]) }), "sent"), [
      'kind: "oci" is not among the values there',
    ]);
  });

  it("finds what is required and may be absent from what is sent", () => {
    assert.deepEqual(differences(z.object({ name: z.exactOptional(z.string()) }), "sent"), [
      "name: is required there, and may be absent here",
    ]);
  });

  it("is content when one of several shapes that are accepted is the published one", () => {
    const either = z.union([z.array(z.string()), z.object({ name: z.string() })]);
    assert.deepEqual(differences(either, "read"), []);
    assert.equal(differences(z.union([z.array(z.string()), z.string()]), "read").length, 1);
  });
});
