import type { IncomingMessage } from "node:http";
import type { RecordedBody } from "../observation/exchange-log";
import { isObject } from "../json";
import { invalid } from "./error";
import { readForm } from "./form";

/** Most bytes of a body. */
const LIMIT = 32 * 1024 * 1024;

/** Reads a request's body whole. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LIMIT) throw invalid("InvalidRequestPayload", `the body is over ${LIMIT} bytes`);
  }
  return Buffer.concat(chunks);
}

/**
 * The body as data: JSON, or the fields of a multipart form. Undefined without a body.
 * @throws PaletteError 400 for text that is not what its content type says.
 */
export async function parseBody(request: IncomingMessage, body: Buffer): Promise<unknown> {
  if (body.length === 0) return undefined;
  const type = contentType(request);
  try {
    if (type === "multipart/form-data") return await readForm(request.headers, body);
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw invalid("InvalidRequestPayload", `the body is not ${type || "application/json"}: ${why}`);
  }
}

/** A request's body for the exchange log: a file that holds JSON is shown as JSON. */
export function recordedBody(request: IncomingMessage, body: unknown): RecordedBody | undefined {
  if (body === undefined) return undefined;
  const type = contentType(request) || "application/json";
  if (type !== "multipart/form-data" || !isObject(body)) return { contentType: type, json: body };
  const fields = Object.entries(body).map(([name, value]) => {
    const content = isObject(value) && typeof value["content"] === "string" ? value["content"] : undefined;
    return [name, content === undefined ? value : jsonOrLength(content)];
  });
  return { contentType: type, json: Object.fromEntries(fields) as unknown };
}

function jsonOrLength(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return `file of ${text.length} characters`;
  }
}

function contentType(request: IncomingMessage): string {
  return (request.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
}
