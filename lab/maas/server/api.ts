import type { Store } from "../store";
import type { OAuthVerifier } from "./oauth";
import { MaasRefusal, refusal } from "./refusal";
import { checkRights } from "./rights";
import type { MaasAnswer, Parameters, Route } from "./route";
import { allowedMethods, API_BASE, chooseRoute, operationOf, type Match, type Router } from "./router";
import type { AnswerOrigin } from "./write-answer";

/** A request whose body has been read. */
export interface ApiRequest {
  method: string;
  /** Decoded path without the query. */
  path: string;
  /** Scheme, host and path as the client signed them. */
  url: string;
  query: Parameters;
  form: Parameters;
  authorization: string | undefined;
}

/** An answer and where it comes from. */
export interface ApiAnswer {
  answer: MaasAnswer;
  origin: AnswerOrigin;
}

/** What answers requests. */
export interface Api {
  router: Router;
  verifier: OAuthVerifier;
  store: Store;
}

const OAUTH_CHALLENGE = { "Content-Type": "text/html; charset=utf-8", "WWW-Authenticate": 'OAuth realm="OAuth"' };

function unauthorized(text: string): ApiAnswer {
  if (text === "Forbidden") return { answer: { status: 401, text }, origin: "endpoint" };
  return { answer: { status: 401, text, headers: OAUTH_CHALLENGE }, origin: "raised" };
}

function notAllowed(match: Match): ApiAnswer {
  const headers = { "Content-Type": "text/html; charset=utf-8", Allow: allowedMethods(match) };
  return { answer: { status: 405, text: "", headers }, origin: "endpoint" };
}

function unexpected(error: unknown): MaasRefusal {
  if (error instanceof MaasRefusal) return error;
  return refusal(500, error instanceof Error ? error.message : String(error));
}

async function run(route: Route, request: ApiRequest, user: string, match: Match, store: Store): Promise<ApiAnswer> {
  const { method, query, form } = request;
  if (route.anonymous !== true) checkRights(store, route, user);
  const answer = await route.handle({ method, params: match.params, query, form, user, store });
  return { answer, origin: route.anonymous === true ? "anonymous" : "endpoint" };
}

/** The operation that a request names; undefined when it names none or leads nowhere. */
export function requestOperation(api: Api, request: ApiRequest): string | undefined {
  const match = api.router.match(request.path.slice(API_BASE.length));
  return match && operationOf(match, request.method, request.query, request.form);
}

/** Answers a request of the API in the real server's order: endpoint, credentials, verb, operation, then the work. */
export async function answerRequest(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  const match = request.path.startsWith(`${API_BASE}/`)
    ? api.router.match(request.path.slice(API_BASE.length))
    : undefined;
  if (match === undefined) {
    const headers = { "Content-Type": "text/plain; charset=utf-8" };
    return { answer: { status: 404, text: `Unknown API endpoint: ${request.path}.`, headers }, origin: "raised" };
  }
  let user = "";
  if (!match.routes.every((route) => route.anonymous === true)) {
    const parameters = [...request.query.entries(), ...request.form.entries()];
    const signed = { method: request.method, url: request.url, parameters };
    const verdict = api.verifier.verify(request.authorization, signed);
    if ("forbidden" in verdict) return unauthorized(verdict.forbidden);
    user = verdict.user;
  }
  if (!match.routes.some((route) => route.method === request.method)) return notAllowed(match);
  try {
    const operation = operationOf(match, request.method, request.query, request.form);
    return await run(chooseRoute(match, request.method, operation), request, user, match, api.store);
  } catch (error) {
    const refused = unexpected(error);
    return { answer: refused.answer, origin: refused.raised ? "raised" : "endpoint" };
  }
}
