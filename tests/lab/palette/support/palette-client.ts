import assert from "node:assert/strict";
import type { PaletteSimulator } from "../../../../lab/palette";

/** An answer as a test looks at it: `body` is parsed JSON, or text. */
export interface TestAnswer {
  status: number;
  headers: Headers;
  body: never;
}

/** Calls of a test; every answer's status can be asserted on the way. */
export class PaletteClient {
  constructor(
    readonly simulator: Pick<PaletteSimulator, "url" | "apiKey" | "projectUid">,
    /** Null: no project scope. */
    readonly project: string | null = simulator.projectUid,
  ) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<TestAnswer> {
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: {
        apikey: this.simulator.apiKey,
        ...(this.project !== null && { projectuid: this.project }),
        ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) as never };
  }

  /** The body of an answer that must have this status. */
  async ok<Body = never>(status: number, method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.send(method, path, body);
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  get<Body = never>(path: string): Promise<Body> {
    return this.ok<Body>(200, "GET", path);
  }

  /** The error envelope of an answer that must have this status. */
  async refused(
    status: number,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ code: unknown; message: string }> {
    return this.ok(status, method, path, body);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
