import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { ExchangeLog } from "../observation/exchange-log";
import type { RequestLog } from "../observation/request-log";
import type { Palette } from "../palette";
import type { Answer } from "./answer";
import { parseBody, readBody, recordedBody } from "./body";
import { forbidden, PaletteError, RouterError } from "./error";
import { perform } from "./perform";
import type { RateLimits } from "./rate-limits";
import type { Router } from "./router";
import type { Sessions } from "./sessions";

/** What the API is served with. */
export interface ApiParts {
  palette: Palette;
  router: Router;
  sessions: Sessions;
  /** Absent: no limits. */
  limits: RateLimits | undefined;
  requests: RequestLog;
  exchanges: ExchangeLog | undefined;
}

/** What goes back: an answer and, for the log, its operation. */
interface Outcome {
  answer: Answer;
  auditUid?: string;
  operation?: string;
}

/** Serves one request of the API, with the faults that are on. */
export async function serveApi(parts: ApiParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!URL.canParse(request.url ?? "/", "http://palette")) {
    send(response, { status: 400, json: { code: 400, message: "the path is malformed" } }, undefined);
    return;
  }
  const url = new URL(request.url ?? "/", "http://palette");
  const verb = request.method ?? "GET";
  const header = request.headers["projectuid"];
  const projectUid = typeof header === "string" && header !== "" ? header : undefined;
  const { faults } = parts.palette;
  const entry = parts.requests.begin(verb, url.pathname, projectUid !== undefined);
  const cut = (): void => {
    parts.requests.end(entry, 0);
    response.socket?.resetAndDestroy();
  };

  const raw = await readBody(request).catch((error: unknown) => {
    parts.requests.end(entry, 0);
    throw error;
  });
  const latency = faults.take("latency", verb, url.pathname);
  if (latency) await pause(latency.milliseconds);
  if (faults.take("reset", verb, url.pathname)) return cut();

  const { outcome, body } = await answerTo(parts, request, raw, { verb, url, projectUid });
  if (outcome.operation !== undefined) entry.operation = outcome.operation;
  if (faults.take("reset-after-work", verb, url.pathname)) return cut();
  const lost = faults.take("bad-gateway-after-work", verb, url.pathname);
  const answer = lost ? { status: 502 } : withNulls(parts.palette, outcome.answer);

  parts.requests.end(entry, answer.status);
  send(response, answer, outcome.auditUid);
  const recordedRequest = recordedBody(request, body);
  parts.exchanges?.add({
    method: verb,
    path: url.pathname,
    query: url.search.slice(1),
    projectScoped: projectUid !== undefined,
    ...(recordedRequest && { request: recordedRequest }),
    status: answer.status,
    ...(answer.file && { response: { contentType: "application/octet-stream" } }),
    ...(answer.json !== undefined && {
      response: { contentType: "application/json", json: JSON.parse(JSON.stringify(answer.json)) as unknown },
    }),
  });
}

async function answerTo(
  parts: ApiParts,
  request: IncomingMessage,
  raw: Buffer,
  { verb, url, projectUid }: { verb: string; url: URL; projectUid: string | undefined },
): Promise<{ outcome: Outcome; body: unknown }> {
  const { palette, router, sessions, limits } = parts;
  let operation: string | undefined;
  let body: unknown;
  try {
    const source = request.socket.remoteAddress ?? "";
    if (palette.faults.take("too-many-requests", verb, url.pathname) || limits?.take(source, url.pathname) === false)
      throw new PaletteError(429, "TooManyRequests", "Too many requests: slow down");
    const match = router.match(verb, url.pathname);
    operation = match.route.path;
    const { apikey, authorization } = request.headers;
    if (!match.route.anonymous && !sessions.admits({ apikey: single(apikey), authorization }))
      throw new PaletteError(401, "UnAuthorizedAccess", "The API key is missing or not valid");
    body = await parseBody(request, raw);
    if (palette.faults.take("internal-error", verb, url.pathname))
      throw new PaletteError(500, "InternalError", "An internal error was asked for in the lab");
    if (palette.faults.take("forbidden", verb, url.pathname)) throw forbidden(match.route.permission);
    const performed = await perform(palette, match, {
      verb,
      path: url.pathname,
      query: url.searchParams,
      projectUid,
      body,
    });
    return { outcome: { ...performed, operation }, body };
  } catch (error) {
    return { outcome: { answer: refusal(error), ...(operation !== undefined && { operation }) }, body };
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof RouterError)
    return { status: error.status, json: { code: error.status, message: error.message } };
  const ref = randomBytes(16).toString("hex");
  if (error instanceof PaletteError) {
    const { status, code, message, details } = error;
    return { status, json: { code, message, ref, details: details ?? null } };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    status: 500,
    json: { code: "LabDefect", message: `The Palette simulator failed: ${message}`, ref, details: null },
  };
}

// The fault `null-lists`: an empty list of items is null, as the real service answers at times.
function withNulls(palette: Palette, answer: Answer): Answer {
  const { json } = answer;
  if (!palette.faults.on("null-lists") || typeof json !== "object" || json === null || Array.isArray(json))
    return answer;
  const items = json["items"];
  return Array.isArray(items) && items.length === 0 ? { ...answer, json: { ...json, items: null } } : answer;
}

function send(response: ServerResponse, answer: Answer, auditUid: string | undefined): void {
  response.statusCode = answer.status;
  if (auditUid !== undefined) response.setHeader("AuditUid", auditUid);
  if (answer.file) {
    response.setHeader("Content-Type", "application/octet-stream");
    response.setHeader("Content-Disposition", `attachment; filename=${JSON.stringify(answer.file.name)}`);
    response.end(answer.file.content);
  } else if (answer.json !== undefined) {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(answer.json));
  } else response.end();
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
