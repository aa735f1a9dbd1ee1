import { readFileSync } from "node:fs";
import type { Definitions, Schema } from "./schema";

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "body" | "formData" | "header";
  required?: boolean;
  type?: string;
  schema?: Schema;
}

/** An operation of the document. */
export interface Operation {
  id: string;
  verb: string;
  /** With parameters in braces. */
  path: string;
  parameters: Parameter[];
  /** Schemas of its answers by status; undefined: no body. */
  responses: Map<number, Schema | undefined>;
}

/** A Swagger 2 document, ready to look operations up in. */
export interface Specification {
  operations: Operation[];
  definitions: Definitions;
}

interface Document {
  swagger: string;
  paths: Record<string, Record<string, RawOperation> & { parameters?: Parameter[] }>;
  definitions: Definitions;
}

interface RawOperation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { schema?: Schema }>;
}

/**
 * Reads a Swagger 2 document.
 * @throws Error naming the file when it is none.
 */
export function readSpecification(file: string): Specification {
  const document = readDocument(readFileSync(file, "utf8"));
  if (document?.swagger !== "2.0" || !document.paths || !document.definitions)
    throw new Error(`${file} is not a Swagger 2.0 document in JSON. Give the file with Palette's API description.`);
  const operations = Object.entries(document.paths).flatMap(([path, { parameters: shared = [], ...verbs }]) =>
    Object.entries(verbs).map(([verb, operation]) => ({
      id: operation.operationId,
      verb: verb.toUpperCase(),
      path,
      parameters: [...shared, ...(operation.parameters ?? [])],
      responses: new Map(
        Object.entries(operation.responses).map(([status, { schema }]) => [Number(status), schema] as const),
      ),
    })),
  );
  return { operations, definitions: document.definitions };
}

/** The operation of a request; a literal path segment wins over a parameter. */
export function findOperation(specification: Specification, verb: string, path: string): Operation | undefined {
  const segments = path.split("/");
  const literals = (operation: Operation): number =>
    operation.path.split("/").filter((segment) => !segment.startsWith("{")).length;
  return specification.operations
    .filter((operation) => operation.verb === verb && fits(operation.path.split("/"), segments))
    .sort((one, other) => literals(other) - literals(one))[0];
}

function fits(pattern: string[], segments: string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith("{") ? segments[index] !== "" : part === segments[index]))
  );
}

/** Undefined for a text that is no JSON object. */
function readDocument(text: string): Partial<Document> | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Partial<Document> | undefined;
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}
