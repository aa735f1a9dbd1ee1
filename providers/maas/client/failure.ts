import { ApiError } from "../../dynamic/errors";
import { explainUnauthorised } from "./redact";
import { type Outcome, answerLost, neverSent } from "../../http/retry";

/** A request as an error message tells it. */
export interface FailedRequest {
  readonly method: string;
  /** URL without credentials. */
  readonly endpoint: string;
  readonly outcome: Outcome;
  /** The answer's body, or the network error's message; already redacted. */
  readonly text: string;
  /** How often it was tried. */
  readonly tries: number;
  /** Where the API key came from, e.g. `vmo-metal:maasApiKey`. */
  readonly keyOrigin: string;
}

/** Remarks that MAAS adds to other errors of a bond and that mean nothing by themselves. */
const noise = { field: "mac_address", text: "This field cannot be blank." };

/** Turns a failed request into the error that the operator reads. */
export function apiError(request: FailedRequest): ApiError {
  const { outcome, method, endpoint } = request;
  const status = "code" in outcome ? undefined : outcome.status;
  const advice = adviceFor(request, status);
  return new ApiError({
    api: "MAAS",
    method,
    endpoint,
    ...(status === undefined ? {} : { status }),
    ...("code" in outcome ? { code: outcome.code } : {}),
    detail: detailOf(request, status),
    ...(advice === undefined ? {} : { advice }),
  });
}

/** Whether a failed call may have done its work all the same, so that the caller has to look. */
export function mayHaveHappened(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  const { status, code } = failure.failure;
  return answerLost(status === undefined ? { code: code ?? "" } : { status });
}

/** The fields of a 400, `__all__` among them; empty when the body is no JSON object of lists. */
export function fieldErrors(body: string): Record<string, string[]> {
  const parsed = parseJson(body);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return {};
  return Object.fromEntries(
    Object.entries(parsed).map(([field, texts]) => [field, (Array.isArray(texts) ? texts : [texts]).map(String)]),
  );
}

function detailOf(request: FailedRequest, status: number | undefined): string {
  if (status === undefined) return request.text;
  if (status === 401) return explainUnauthorised(request.text);
  const fields = Object.entries(fieldErrors(request.text));
  const telling = fields.length > 1 ? fields.filter(([field, texts]) => !isNoise(field, texts)) : fields;
  if (telling.length > 0) {
    return telling.map(([field, texts]) => (field === "__all__" ? "" : `${field}: `) + texts.join(" ")).join("; ");
  }
  if (/<html|<!doctype/i.test(request.text)) return "an HTML page, so not an answer of the MAAS API.";
  return request.text.trim() === "" ? "no explanation (empty body)." : request.text.trim().slice(0, 500);
}

function isNoise(field: string, texts: readonly string[]): boolean {
  return field === noise.field && texts.length === 1 && texts[0] === noise.text;
}

function adviceFor(request: FailedRequest, status: number | undefined): string | undefined {
  const tried = request.tries > 1 ? ` (tried ${request.tries} times)` : "";
  if (status === undefined) {
    return neverSent(request.outcome)
      ? `Check maas.url in vmo-metal:datacenter, and that this machine reaches the MAAS region controller${tried}.`
      : `The connection broke or MAAS took too long${tried}; run the command again.`;
  }
  if (status === 401) return `Check the API key (${request.keyOrigin}).`;
  if (status === 403)
    return "An empty 403 on a machine means that it is locked; otherwise the API key's user lacks the right.";
  if (status === 404 && request.text.startsWith("Unknown API endpoint"))
    return "Check maas.url in vmo-metal:datacenter: it ends in /MAAS.";
  if (status === 500) return "MAAS answers 500 to values that it cannot handle and changes nothing: check the values.";
  if (status >= 300 && status < 400) return "Redirects are not followed: check maas.url (http or https, host, /MAAS).";
  if (status === 502 || status === 503 || status === 504 || status === 429)
    return `MAAS, or a proxy before it, is overloaded or down${tried}; run the command again later.`;
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
