import { ApiError } from "../../dynamic/errors";

/** Both envelopes in which Palette tells errors: the application's (text code) and the router's (numeric code, no ref). */
export interface ErrorEnvelope {
  code?: string | number;
  message?: string;
  ref?: string;
}

/** A request as an error message tells it. */
export interface FailedRequest {
  method: string;
  /** URL without credentials. */
  endpoint: string;
  /** Absent when no answer came. */
  status?: number;
  /** The answer's body or the network error's message; already redacted. */
  text: string;
  /** How often it was tried. */
  tries: number;
  /** Where the API key came from. */
  keyOrigin: string;
  /** The project whose scope the request had; absent: the tenant's. */
  project?: string;
}

/** Turns a failed request into the error that the operator reads. */
export function apiError(request: FailedRequest): ApiError {
  const envelope = readEnvelope(request.text);
  const code = envelope?.code === undefined ? undefined : String(envelope.code);
  const reference = envelope?.ref === undefined || envelope.ref === "" ? "" : ` (trace ${envelope.ref})`;
  const advice = adviceFor(request, code);
  return new ApiError({
    api: "Palette",
    method: request.method,
    endpoint: request.endpoint,
    ...(request.status === undefined ? {} : { status: request.status }),
    ...(code === undefined ? {} : { code }),
    detail: `${envelope?.message ?? plainText(request.text)}${reference}`,
    ...(advice === undefined ? {} : { advice }),
  });
}

/** The envelope in a body; undefined when the body is none. */
export function readEnvelope(text: string): ErrorEnvelope | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "message" in value ? (value as ErrorEnvelope) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether an error says that this object does not exist: 404 of a get, or the code that kubeconfig and cluster reads use. A 404 of the
 * router (numeric code: no such path) does not.
 */
export function isNotFound(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  const { status, code } = failure.failure;
  if (code === "ResourceNotFound") return true;
  return status === 404 && (code === undefined || !/^\d+$/.test(code));
}

/** Whether the work of a failed call may have been done all the same, so that the caller has to look. */
export function mayHaveHappened(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  const { status, code } = failure.failure;
  if (status === undefined) return code !== "ECONNREFUSED" && code !== "ENOTFOUND";
  return status > 500;
}

function plainText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "no explanation (empty body).";
  return /<html|<!doctype/i.test(trimmed)
    ? "an HTML page, so not an answer of the Palette API."
    : trimmed.slice(0, 500);
}

function adviceFor(request: FailedRequest, code: string | undefined): string | undefined {
  const tried = request.tries > 1 ? ` (tried ${request.tries} times)` : "";
  switch (request.status) {
    case undefined:
      return `Check palette.url in vmo-metal:datacenter, and that this machine reaches Palette${tried}.`;
    case 401:
      return `Check the API key (${request.keyOrigin}).`;
    case 403:
      return code === "ProjectUidIsNotEmpty"
        ? undefined
        : `Either the API key's user lacks the right, or the object is of another project than ${scopeName(request)}.`;
    case 429:
    case 502:
    case 503:
    case 504:
      return `Palette, or a proxy before it, is overloaded or down${tried}; run the command again later.`;
    default:
      return undefined;
  }
}

function scopeName(request: FailedRequest): string {
  return request.project === undefined ? "the tenant scope" : `"${request.project}"`;
}
