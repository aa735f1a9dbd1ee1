import type { Definitions, Schema } from "./schema";

/** A JSON Schema as zod writes it: the keywords that ours have. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
}

/** `read`: what we read of an answer; `sent`: what we send. */
export type Direction = "read" | "sent";

/**
 * Where a shape of ours and a published schema differ, as `path: what`: a member that the schema does not have, another type; of what we read, a value
 * that it may have and we do not accept; of what we send, one that it does not accept, and a member that it requires. Of several shapes that we accept
 * one has to be the published one. Pure.
 */
export function shapeDifferences(
  shape: Shape,
  schema: Schema,
  definitions: Definitions,
  direction: Direction,
  path = "",
): string[] {
  const at = (text: string): string => `${path || "(whole)"}: ${text}`;
  const options = (shape.anyOf ?? []).filter(({ type }) => type !== "null");
  if (options.length > 0) {
    const found = options.map((option) => shapeDifferences(option, schema, definitions, direction, path));
    return found.find((differences) => differences.length === 0) ?? found[0] ?? [];
  }
  const published = resolved(schema, definitions);
  const type = typeOf(shape);
  const publishedType =
    published.type ?? (published.properties || published.additionalProperties ? "object" : undefined);
  // A shape without a type accepts anything, and so does a schema.
  if (type === undefined || publishedType === undefined) return [];
  if (!fits(type, publishedType, direction)) return [at(`is ${publishedType} there, and ${type} here`)];
  if (type === "array") {
    if (shape.items === undefined || published.items === undefined) return [];
    return shapeDifferences(shape.items, published.items, definitions, direction, `${path}[]`);
  }
  if (type === "object") return objectDifferences(shape, published, definitions, direction, path);
  return valueDifferences(shape, published, direction).map(at);
}

function objectDifferences(
  shape: Shape,
  published: Schema,
  definitions: Definitions,
  direction: Direction,
  path: string,
): string[] {
  const inside = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const known = published.properties ?? {};
  const map = typeof published.additionalProperties === "object" ? published.additionalProperties : undefined;
  const differences = Object.entries(shape.properties ?? {}).flatMap(([name, member]) => {
    const schema = known[name] ?? map;
    return schema === undefined
      ? [`${inside(name)}: the description has no such member`]
      : shapeDifferences(member, schema, definitions, direction, inside(name));
  });
  const values = typeof shape.additionalProperties === "object" ? shape.additionalProperties : undefined;
  if (values !== undefined && map !== undefined)
    differences.push(...shapeDifferences(values, map, definitions, direction, inside("*")));
  if (direction === "read") return differences;
  // What is required without being declared is not asked for: the document has one such name.
  const missing = (published.required ?? []).filter(
    (name) => known[name] !== undefined && !(shape.required ?? []).includes(name),
  );
  return [...differences, ...missing.map((name) => `${inside(name)}: is required there, and may be absent here`)];
}

/** Differences between the values that two scalar schemas accept. */
function valueDifferences(shape: Shape, published: Schema, direction: Direction): string[] {
  const ours = shape.const === undefined ? shape.enum : [shape.const];
  if (ours === undefined) return [];
  const theirs = published.enum;
  if (direction === "sent") {
    const refused = theirs === undefined ? [] : ours.filter((value) => !theirs.includes(value));
    return refused.length === 0 ? [] : [`${list(refused)} is not among the values there`];
  }
  if (theirs === undefined) return [`may be anything there, and only ${list(ours)} here`];
  const lacking = theirs.filter((value) => !ours.includes(value));
  return lacking.length === 0 ? [] : [`may be ${list(lacking)} there, which is not accepted here`];
}

/** A whole number may be read as any number; what is sent must be whole. */
function fits(type: string, published: string, direction: Direction): boolean {
  if (type === published) return true;
  return direction === "read"
    ? type === "number" && published === "integer"
    : type === "integer" && published === "number";
}

function typeOf({ type, enum: values, const: value, properties }: Shape): string | undefined {
  // Null stands for absent everywhere in Palette.
  if (type !== undefined) return typeof type === "string" ? type : type.find((one) => one !== "null");
  const [first] = value === undefined ? (values ?? []) : [value];
  if (first !== undefined) return typeof first;
  return properties === undefined ? undefined : "object";
}

/** A schema with its reference followed and the parts of `allOf` merged. */
function resolved(schema: Schema, definitions: Definitions): Schema {
  if (schema.$ref !== undefined) {
    const target = definitions[schema.$ref.replace("#/definitions/", "")];
    return target === undefined ? {} : resolved(target, definitions);
  }
  if (schema.allOf === undefined) return schema;
  const { allOf, ...own } = schema;
  return [...allOf.map((part) => resolved(part, definitions)), own].reduce((one, other) => ({
    ...one,
    ...other,
    properties: { ...one.properties, ...other.properties },
    required: [...(one.required ?? []), ...(other.required ?? [])],
  }));
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
