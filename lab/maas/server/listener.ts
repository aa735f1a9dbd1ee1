import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { answerRequest, requestOperation, type Api, type ApiAnswer, type ApiRequest } from "./api";
import type { Fault, Faults, FaultTarget } from "./faults";
import { readBody } from "./read-body";
import { MaasRefusal } from "./refusal";
import type { RequestLog, RequestRecord } from "./request-log";
import { API_BASE } from "./router";
import { fromQuery } from "./text-parameters";
import { writeAnswer } from "./write-answer";

/** Answers a request below /lab/ (the lab's own surface, not MAAS's). */
export type AdminHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a listener needs. */
export interface ListenerOptions {
  api: Api;
  faults: Faults;
  log: RequestLog;
  admin: AdminHandler;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function faulty(fault: Fault, usual: number): ApiAnswer {
  const status = fault.status ?? usual;
  const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  return { answer: { status, text: fault.body ?? `Error ${status}`, headers }, origin: "raised" };
}

/** Does the work of a request under the faults that strike it; undefined means: cut the connection. */
async function underFaults(struck: readonly Fault[], work: () => Promise<ApiAnswer>): Promise<ApiAnswer | undefined> {
  const find = (kind: Fault["kind"]): Fault | undefined => struck.find((fault) => fault.kind === kind);
  const latency = find("latency");
  if (latency !== undefined) await wait(latency.milliseconds ?? 0);
  const before = find("status");
  if (before !== undefined) return faulty(before, 500);
  if (find("reset") !== undefined) return undefined;
  const answer = await work();
  if (find("reset-after-work") !== undefined) return undefined;
  const after = find("status-after-work");
  return after === undefined ? answer : faulty(after, 502);
}

async function apiRequest(message: IncomingMessage, url: URL, path: string): Promise<ApiRequest> {
  return {
    method: (message.method ?? "GET").toUpperCase(),
    path,
    url: `${url.origin}${url.pathname}`,
    query: fromQuery(url.search.slice(1)),
    form: await readBody(message),
    authorization: message.headers.authorization,
  };
}

async function serve(
  options: ListenerOptions,
  message: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
  url: URL,
): Promise<number | undefined> {
  let answer: ApiAnswer | undefined;
  try {
    const request = await apiRequest(message, url, record.path);
    const operation = requestOperation(options.api, request);
    if (operation !== undefined) record.operation = operation;
    const target: FaultTarget = { method: request.method, path: record.path.slice(API_BASE.length) };
    if (operation !== undefined) target.operation = operation;
    answer = await underFaults(options.faults.strike(target), () => answerRequest(options.api, request));
  } catch (error) {
    if (!(error instanceof MaasRefusal)) throw error;
    answer = { answer: error.answer, origin: "raised" };
  }
  if (answer === undefined || response.socket?.destroyed === true) {
    cut(response);
    return undefined;
  }
  writeAnswer(response, answer.answer, answer.origin);
  return answer.answer.status;
}

async function onRequest(options: ListenerOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const base = `http://${message.headers.host ?? "localhost"}`;
  if (!URL.canParse(message.url ?? "/", base)) {
    response.writeHead(400, { "Content-Type": "text/plain; charset=utf-8" }).end("Bad Request");
    return;
  }
  const url = new URL(message.url ?? "/", base);
  const path = decodePath(url.pathname);
  if (path.startsWith("/lab/")) {
    await options.admin(message, response);
    return;
  }
  const record = options.log.start((message.method ?? "GET").toUpperCase(), path, url.search.slice(1));
  let status: number | undefined;
  try {
    status = await serve(options, message, response, record, url);
  } finally {
    options.log.end(record, status);
  }
}

/** Starts serving on 127.0.0.1 (port 0: a free one) and answers the server. */
export async function listen(options: ListenerOptions, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((message, response) => {
    onRequest(options, message, response).catch(() => cut(response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  return { server, port: (server.address() as AddressInfo).port };
}
