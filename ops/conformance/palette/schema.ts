/** A schema of a Swagger 2 document: the keywords that Palette's uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** Named schemas of a document. */
export type Definitions = Record<string, Schema>;

/**
 * Where a value breaks a schema, as `path: what`; empty when it keeps it. Null counts as absent; a member that the schema does
 * not name is a break; a name that is required without being declared is not asked for (the document has one: the cloud
 * type of a MAAS cluster, which its URL implies).
 */
export function schemaBreaks(value: unknown, schema: Schema, definitions: Definitions, path = ""): string[] {
  const at = (text: string): string[] => [`${path || "(whole)"}: ${text}`];
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/definitions/", "");
    const target = definitions[name];
    return target ? schemaBreaks(value, target, definitions, path) : at(`the document has no ${schema.$ref}`);
  }
  const inherited = (schema.allOf ?? []).flatMap((part) => schemaBreaks(value, part, definitions, path));
  if (schema.enum && !schema.enum.includes(value))
    return [...inherited, ...at(`${show(value)} is not one of ${show(schema.enum)}`)];
  const type = schema.type ?? (schema.properties || schema.additionalProperties ? "object" : undefined);
  if (type === undefined) return inherited;
  if (type === "array") return [...inherited, ...arrayBreaks(value, schema, definitions, path)];
  if (type === "object") return [...inherited, ...objectBreaks(value, schema, definitions, path)];
  const problem = scalarProblem(value, type, schema);
  return problem === undefined ? inherited : [...inherited, ...at(problem)];
}

function arrayBreaks(value: unknown, schema: Schema, definitions: Definitions, path: string): string[] {
  if (!Array.isArray(value)) return [`${path || "(whole)"}: ${show(value)} is not a list`];
  const { items } = schema;
  return items ? value.flatMap((item, index) => schemaBreaks(item, items, definitions, `${path}[${index}]`)) : [];
}

function objectBreaks(value: unknown, schema: Schema, definitions: Definitions, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${path || "(whole)"}: ${show(value)} is not an object`];
  const { properties, additionalProperties, required = [] } = schema;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  const names = new Set(members.map(([name]) => name));
  const missing = required.filter((name) => properties?.[name] !== undefined && !names.has(name));
  // An object without declared members may hold anything.
  if (!properties && !additionalProperties) return [];
  return [
    ...missing.map((name) => `${join(path, name)}: is required and absent`),
    ...members.flatMap(([name, member]) => {
      const known = properties?.[name] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
      if (known) return schemaBreaks(member, known, definitions, join(path, name));
      return additionalProperties === true ? [] : [`${join(path, name)}: the schema has no such member`];
    }),
  ];
}

function scalarProblem(value: unknown, type: string, schema: Schema): string | undefined {
  if (type === "string") return stringProblem(value, schema);
  if (type === "boolean") return typeof value === "boolean" ? undefined : `${show(value)} is not a boolean`;
  if (typeof value !== "number") return `${show(value)} is not a number`;
  if (type === "integer" && !Number.isInteger(value)) return `${value} is not a whole number`;
  if (schema.minimum !== undefined && value < schema.minimum) return `${value} is below ${schema.minimum}`;
  if (schema.maximum !== undefined && value > schema.maximum) return `${value} is above ${schema.maximum}`;
  return undefined;
}

function stringProblem(value: unknown, schema: Schema): string | undefined {
  if (typeof value !== "string") return `${show(value)} is not a text`;
  if (schema.format === "date-time" && !(/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))))
    return `${show(value)} is not a date-time`;
  if (value.length < (schema.minLength ?? 0)) return `${show(value)} is shorter than ${schema.minLength ?? 0}`;
  if (value.length > (schema.maxLength ?? Infinity)) return `${show(value)} is longer than ${schema.maxLength ?? 0}`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value))
    return `${show(value)} does not match ${schema.pattern}`;
  return undefined;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
