import { describeBody, type Explanation, firstLine } from "../../http/explain";
import type { RefusedAnswer } from "../../http/transport";

/** Both envelopes in which Palette states errors: the application's (text code) and the router's (numeric code, no ref). */
interface ErrorEnvelope {
  readonly code?: string | number;
  readonly message: string;
  readonly ref?: string;
}

/** What an explanation needs to know of the request. */
export interface RefusedRequest {
  readonly method: string;
  /** Where the API key came from. */
  readonly keyOrigin: string;
  /** The project whose scope the request had; absent: the tenant's. */
  readonly project?: string;
}

/** Explains a status that Palette answers. */
export function explainPalette(request: RefusedRequest, answer: RefusedAnswer): Explanation {
  const envelope = readEnvelope(answer.text);
  const code = envelope?.code === undefined ? undefined : firstLine(String(envelope.code));
  const reference = envelope?.ref === undefined || envelope.ref === "" ? "" : ` (trace ${firstLine(envelope.ref)})`;
  const advice = adviceFor(request, answer, envelope);
  return {
    ...(code === undefined ? {} : { code }),
    detail: envelope === undefined ? describeBody(answer, "Palette") : `${firstLine(envelope.message)}${reference}`,
    ...(advice === undefined ? {} : { advice }),
    ...(statesAbsence(answer) ? { absent: true } : {}),
  };
}

/** Codes of a 404 that are about what surrounds the object (its project, the way to it), not about the object. */
const ofSurroundings =
  /^(Project|Tenant|Organization|Org|Scope|Route|Path|Page|Api|Endpoint|Service|Host|Upstream)NotFound$/i;

/**
 * Whether Palette itself states that the object does not exist: its application's envelope with the code for that. The router's 404 (numeric
 * code: no such path) and every 404 of a proxy do not.
 */
export function statesAbsence({ status, text }: RefusedAnswer): boolean {
  const code = readEnvelope(text)?.code;
  if (typeof code !== "string" || status < 400 || status >= 500) return false;
  return code === "ResourceNotFound" || (status === 404 && code.endsWith("NotFound") && !ofSurroundings.test(code));
}

/** The envelope in a body; undefined when the body is none. */
export function readEnvelope(text: string): ErrorEnvelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { code, message, ref } = value as Record<string, unknown>;
  if (typeof message !== "string") return undefined;
  return {
    message,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(typeof ref === "string" ? { ref } : {}),
  };
}

function adviceFor(
  request: RefusedRequest,
  answer: RefusedAnswer,
  envelope: ErrorEnvelope | undefined,
): string | undefined {
  switch (answer.status) {
    case 401:
      return `Check the API key (${request.keyOrigin}).`;
    case 403:
      return envelope?.code === "ProjectUidIsNotEmpty"
        ? undefined
        : `Either the API key's user lacks the right, or the object is of another project than ${scopeName(request)}.`;
    case 404:
      return statesAbsence(answer) || request.method !== "GET"
        ? undefined
        : "This is not how Palette states that an object does not exist: check palette.url in vmo-metal:datacenter, and any proxy before Palette.";
    case 500:
      return envelope === undefined ? "Palette failed inside; run the command again later." : undefined;
    default:
      return undefined;
  }
}

function scopeName(request: RefusedRequest): string {
  return request.project === undefined ? "the tenant scope" : `"${request.project}"`;
}
