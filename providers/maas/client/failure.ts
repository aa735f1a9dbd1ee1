import type { Explanation } from "../../http/explain";
import { describeBody } from "../../http/explain";
import type { RefusedAnswer } from "../../http/transport";

/** What an explanation needs to know of the request. */
export interface RefusedRequest {
  readonly method: string;
  /** Whether the request sent values that MAAS may have been unable to handle. */
  readonly sendsValues: boolean;
  /** Where the API key came from, e.g. `vmo-metal:maasApiKey`. */
  readonly keyOrigin: string;
}

/** Remarks that MAAS adds to other errors of a bond and that mean nothing by themselves. */
const noise = { field: "mac_address", text: "This field cannot be blank." };

/**
 * The two texts with which MAAS 3.6 answers 404 for an object that does not exist, always as text/plain. Its 404 for a path that is no endpoint
 * and for an address in use read otherwise, and so does every 404 of a proxy.
 */
const absence = /^(No \w[\w ]* matches the given query|VLAN with specified ID does not exist)\.?$/;

/** Explains a status that MAAS answers. */
export function explainMaas(request: RefusedRequest, answer: RefusedAnswer): Explanation {
  const advice = adviceFor(request, answer);
  return {
    detail: detailOf(answer),
    ...(advice === undefined ? {} : { advice }),
    ...(statesAbsence(answer) ? { absent: true } : {}),
  };
}

/** Whether MAAS itself states that the object does not exist. */
export function statesAbsence({ status, contentType, text }: RefusedAnswer): boolean {
  return status === 404 && contentType === "text/plain" && absence.test(text.trim());
}

/** The fields of a 400, `__all__` among them; empty when the body is no JSON object of lists. */
export function fieldErrors(body: string): Record<string, string[]> {
  const parsed = parseJson(body);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return {};
  return Object.fromEntries(
    Object.entries(parsed).map(([field, texts]) => [field, (Array.isArray(texts) ? texts : [texts]).map(String)]),
  );
}

/**
 * What a 401 means, in our words. Its body is never shown: MAAS answers a wrong signature with the one it expected, which is the
 * token's secret.
 */
export function explainUnauthorised(body: string): string {
  if (/invalid api key/i.test(body)) return "MAAS does not know this API key.";
  if (/invalid access token/i.test(body)) return "MAAS does not know this API key's token; it may have been deleted.";
  if (/invalid signature/i.test(body)) return "The secret part of the API key is wrong.";
  if (/nonce/i.test(body)) return "MAAS saw the request's nonce before.";
  if (/timestamp|expired/i.test(body))
    return "MAAS refused the request's time; compare this machine's clock with MAAS's.";
  return "MAAS did not accept the API key.";
}

function detailOf(answer: RefusedAnswer): string {
  if (answer.status === 401) return explainUnauthorised(answer.text);
  const fields = Object.entries(fieldErrors(answer.text));
  const relevant = fields.length > 1 ? fields.filter(([field, texts]) => !isNoise(field, texts)) : fields;
  if (relevant.length === 0) return describeBody(answer, "MAAS");
  const text = relevant.map(([field, texts]) => (field === "__all__" ? "" : `${field}: `) + texts.join(" ")).join("; ");
  return describeBody({ text, contentType: "text/plain" }, "MAAS");
}

function isNoise(field: string, texts: readonly string[]): boolean {
  return field === noise.field && texts.length === 1 && texts[0] === noise.text;
}

function adviceFor(request: RefusedRequest, answer: RefusedAnswer): string | undefined {
  const { status, text } = answer;
  if (status === 401) return `Check the API key (${request.keyOrigin}).`;
  if (status === 403)
    return "An empty 403 on a machine means that it is locked; otherwise the API key's user lacks the right.";
  if (status === 404 && text.startsWith("Unknown API endpoint"))
    return "Check maas.url in vmo-metal:datacenter: it ends in /MAAS.";
  if (status === 404 && !statesAbsence(answer) && request.method === "GET")
    return "This is not how MAAS states that an object does not exist: check maas.url in vmo-metal:datacenter, and any proxy before MAAS.";
  if (status !== 500) return undefined;
  if (request.sendsValues)
    return "MAAS answers 500 to values that it cannot handle and changes nothing: check the values.";
  if (/protected foreign key|referenced through/i.test(text))
    return "Something in MAAS still refers to the object: delete that first.";
  return "MAAS failed inside: look into the region controller's log (regiond.log), then run the command again.";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
