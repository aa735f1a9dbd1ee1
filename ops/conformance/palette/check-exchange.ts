import type { RecordedExchange } from "./exchange";
import { schemaBreaks } from "./schema";
import { findOperation } from "./specification";
import type { Operation, Parameter, Specification } from "./specification";

/** What was found about one exchange. */
export interface Verdict {
  outcome: "agree" | "disagree" | "not served";
  /** `VERB /path/{with}/parameters`, or the request's path for one that the document does not know. */
  operation: string;
  /** Whether the document has the operation. */
  known: boolean;
  /** What disagrees, one sentence each. */
  problems: string[];
}

/**
 * Holds an exchange to the document: verb and path known, query and body as described, a 2xx answer with a described status
 * and a body that keeps its schema. A router's refusal (an error with a numeric code) means that the operation is not served.
 */
export function checkExchange(specification: Specification, exchange: RecordedExchange): Verdict {
  const operation = findOperation(specification, exchange.method, exchange.path);
  const name = `${exchange.method} ${operation?.path ?? exchange.path}`;
  if (isRouterRefusal(exchange)) return { outcome: "not served", operation: name, known: !!operation, problems: [] };
  if (!operation)
    return { outcome: "disagree", operation: name, known: false, problems: ["the document has no such operation"] };
  const problems = [
    ...queryProblems(operation, new URLSearchParams(exchange.query)),
    ...bodyProblems(specification, operation, exchange),
    ...answerProblems(specification, operation, exchange),
  ];
  return { outcome: problems.length === 0 ? "agree" : "disagree", operation: name, known: true, problems };
}

function isRouterRefusal({ status, response }: RecordedExchange): boolean {
  const body = response?.json;
  return (
    (status === 404 || status === 405) &&
    typeof body === "object" &&
    body !== null &&
    "code" in body &&
    typeof body.code === "number"
  );
}

function queryProblems(operation: Operation, query: URLSearchParams): string[] {
  const parameters = operation.parameters.filter((parameter) => parameter.in === "query");
  const missing = parameters
    .filter((parameter) => parameter.required && !query.has(parameter.name))
    .map((parameter) => `query ${parameter.name}: is required and absent`);
  const wrong = [...query].flatMap(([name, value]) => {
    const parameter = parameters.find((each) => each.name === name);
    const problem = parameter ? queryProblem(parameter, value) : "the document has no such parameter";
    return problem === undefined ? [] : [`query ${name}: ${problem}`];
  });
  return [...missing, ...wrong];
}

function queryProblem(parameter: Parameter, value: string): string | undefined {
  if (parameter.type === "integer" && !/^-?\d+$/.test(value)) return `'${value}' is not a whole number`;
  if (parameter.type === "boolean" && !["true", "false"].includes(value)) return `'${value}' is not a boolean`;
  return undefined;
}

function bodyProblems(specification: Specification, operation: Operation, { request }: RecordedExchange): string[] {
  const form = operation.parameters.filter((parameter) => parameter.in === "formData");
  if (form.length > 0) return formProblems(specification, form, request);
  const body = operation.parameters.find((parameter) => parameter.in === "body");
  if (request === undefined) return body?.required ? ["request: a body is required"] : [];
  if (!body?.schema) return ["request: the document has no body"];
  return schemaBreaks(request.json, body.schema, specification.definitions).map((problem) => `request ${problem}`);
}

// The file of a profile import is itself described by the document: as the body of the import without a file.
function formProblems(
  specification: Specification,
  form: readonly Parameter[],
  request: RecordedExchange["request"],
): string[] {
  if (request?.contentType !== "multipart/form-data") return ["request: is not multipart/form-data"];
  const fields = typeof request.json === "object" && request.json !== null ? Object.entries(request.json) : [];
  const unknown = fields
    .filter(([name]) => !form.some((parameter) => parameter.name === name))
    .map(([name]) => `request form ${name}: the document has no such field`);
  const entity = specification.definitions["v1ClusterProfileImportEntity"];
  const file = fields.find(([name]) => name === "importFile")?.[1] as unknown;
  if (file === undefined) return [...unknown, "request form importFile: is absent"];
  if (!entity || typeof file !== "object") return unknown;
  return [
    ...unknown,
    ...schemaBreaks(file, entity, specification.definitions).map((problem) => `request form importFile ${problem}`),
  ];
}

function answerProblems(
  specification: Specification,
  operation: Operation,
  { status, response }: RecordedExchange,
): string[] {
  if (status < 200 || status >= 300) return [];
  if (!operation.responses.has(status)) return [`answer: the document has no status ${status}`];
  const schema = operation.responses.get(status);
  if (!schema) return response === undefined ? [] : ["answer: the document has no body"];
  if (schema.format === "binary")
    return response?.contentType === "application/octet-stream" ? [] : ["answer: is not application/octet-stream"];
  if (response?.json === undefined) return ["answer: a body is described and absent"];
  return schemaBreaks(response.json, schema, specification.definitions).map((problem) => `answer ${problem}`);
}
