import type { ServerResponse } from "node:http";
import type { MaasAnswer } from "./route";

/** Hash of the API's description that the real server sends with every answer of an endpoint. */
const API_HASH = "0c1f4a7d9be2635488a1c07d2f5e93b6a84d7f10";

/** Where an answer comes from: its headers differ. */
export type AnswerOrigin = "endpoint" | "anonymous" | "raised";

function originHeaders(origin: AnswerOrigin): Record<string, string> {
  if (origin === "raised") return { Vary: "Cookie" };
  return { Vary: origin === "anonymous" ? "Authorization" : "Authorization, Cookie", "X-Maas-Api-Hash": API_HASH };
}

function contentType(answer: MaasAnswer, origin: AnswerOrigin): string {
  if (answer.json !== undefined) return "application/json; charset=utf-8";
  return origin === "raised" ? "text/plain; charset=utf-8" : "text/plain";
}

/** Sends an answer with the headers of the real server. */
export function writeAnswer(response: ServerResponse, answer: MaasAnswer, origin: AnswerOrigin): void {
  const body = Buffer.from(answer.json === undefined ? (answer.text ?? "") : JSON.stringify(answer.json));
  const headers = {
    Server: "TwistedWeb/24.3.0",
    "X-Frame-Options": "DENY",
    "Content-Type": contentType(answer, origin),
    ...originHeaders(origin),
    ...answer.headers,
    "Content-Length": String(body.length),
  };
  response.writeHead(answer.status, headers);
  response.end(body);
}
