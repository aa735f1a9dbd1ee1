import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";

/** One request of the lab's own surface: its path parts behind `/lab/<route>/`, and its JSON body. */
export interface ControlRequest {
  rest: string[];
  body: Record<string, unknown>;
}

/** Answers a request; what it throws is told to the caller as text. */
export type ControlRoute = (request: ControlRequest) => unknown;

/** Routes by `METHOD name`, such as `GET status`. */
export type ControlRoutes = Record<string, ControlRoute>;

/** The lab's own surface: JSON below `/lab/`, on loopback, for who has the lab's admin token. */
export class ControlServer {
  private readonly server: Server;
  private routes: ControlRoutes;

  constructor(
    private readonly adminToken: string,
    routes: ControlRoutes,
  ) {
    this.routes = routes;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** Takes the port; rejects with `EADDRINUSE` when another process has it. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", resolve);
    });
  }

  /** Serves other routes from now on. */
  use(routes: ControlRoutes): void {
    this.routes = routes;
  }

  /** Stops serving. */
  close(): void {
    this.server.close();
    this.server.closeIdleConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.answer(request);
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (!this.isAuthorised(request.headers.authorization)) {
      return { status: 401, body: { error: "the lab's admin token is missing or wrong" } };
    }
    const parts = decodedParts(request.url ?? "");
    if (parts === undefined) {
      return { status: 400, body: { error: `the path ${request.url} is no percent-encoded text: write % as %25` } };
    }
    const [, lab, name = "", ...rest] = parts;
    const route = lab === "lab" ? this.routes[`${request.method} ${name}`] : undefined;
    if (route === undefined) return { status: 404, body: { error: `the lab has no ${request.method} ${request.url}` } };
    try {
      const sent = await text(request);
      const body = z.record(z.string(), z.unknown()).parse(sent === "" ? {} : JSON.parse(sent));
      return { status: 200, body: (await route({ rest, body })) ?? {} };
    } catch (error) {
      return { status: 400, body: { error: reasonOf(error) } };
    }
  }

  private isAuthorised(header: string | undefined): boolean {
    const given = Buffer.from(header ?? "");
    const wanted = Buffer.from(`Bearer ${this.adminToken}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

/** The parts of a path, decoded; undefined when one is no percent-encoded text. */
function decodedParts(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
