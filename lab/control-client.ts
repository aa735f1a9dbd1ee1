import { request } from "node:http";
import { text } from "node:stream/consumers";

/** An answer of the lab's own surface that says no; its text is the lab's message. */
export class LabRefusal extends Error {
  override readonly name = "LabRefusal";
}

/**
 * One call to a running lab's own surface, JSON in and out.
 *
 * @param path below `/lab/`: percent-encoded text, or its parts in clear, which are encoded here
 * @throws LabRefusal with the lab's message; the socket's error (`ECONNREFUSED`) when no lab listens.
 */
export async function callLab(
  access: { controlUrl: string; adminToken: string },
  method: "GET" | "POST" | "DELETE",
  path: string | readonly string[],
  body?: unknown,
): Promise<unknown> {
  const encoded = typeof path === "string" ? path : path.map(encodeURIComponent).join("/");
  const sent = body === undefined ? "" : JSON.stringify(body);
  const { status, content } = await new Promise<{ status: number; content: string }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${access.adminToken}`, "content-length": Buffer.byteLength(sent) };
    const outgoing = request(`${access.controlUrl}/lab/${encoded}`, { method, headers, agent: false }, (response) => {
      text(response).then((content) => resolve({ status: response.statusCode ?? 0, content }), reject);
    });
    outgoing.once("error", reject);
    outgoing.end(sent);
  });
  const answer = readJson(content);
  if (answer === undefined) throw new LabRefusal(`${access.controlUrl} answered ${status} without JSON: it is no lab`);
  if (status === 200) return answer;
  throw new LabRefusal((answer as { error?: string }).error ?? `the lab answered ${status}`);
}

/** The value that a text holds; undefined for a text that is no JSON. */
function readJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether nothing listens where the lab should be, or what listened just ended. */
export function isNotRunning(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ECONNRESET");
}
