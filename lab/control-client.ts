import { request } from "node:http";
import { text } from "node:stream/consumers";

/** An answer of the lab's own surface that says no; its text is the lab's message. */
export class LabRefusal extends Error {
  override readonly name = "LabRefusal";
}

/**
 * One call to a running lab's own surface, JSON in and out.
 * @throws LabRefusal with the lab's message; the socket's error (`ECONNREFUSED`) when no lab listens.
 */
export async function callLab(
  access: { controlUrl: string; adminToken: string },
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<unknown> {
  const sent = body === undefined ? "" : JSON.stringify(body);
  const { status, content } = await new Promise<{ status: number; content: string }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${access.adminToken}`, "content-length": Buffer.byteLength(sent) };
    const outgoing = request(`${access.controlUrl}/lab/${path}`, { method, headers, agent: false }, (response) => {
      text(response).then((content) => resolve({ status: response.statusCode ?? 0, content }), reject);
    });
    outgoing.once("error", reject);
    outgoing.end(sent);
  });
  const answer = JSON.parse(content) as unknown;
  if (status === 200) return answer;
  throw new LabRefusal((answer as { error?: string }).error ?? `the lab answered ${status}`);
}

/** Whether nothing listens where the lab should be, or what listened just ended. */
export function isNotRunning(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ECONNRESET");
}
