import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { JsonValue } from "../../../lab/maas/json";
import type { MappedRequest } from "./map-request";

/** What the simulator answered. */
export interface Answer {
  status: number;
  contentType: string;
  headers: IncomingHttpHeaders;
  /** Parsed when it is JSON, else the text. */
  body: JsonValue;
}

/** Sends requests over one kept connection. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly port: number) {}

  /** Sends a request as it is and reads the answer. */
  async send(mapped: MappedRequest, authorization: string | undefined): Promise<Answer> {
    const headers: Record<string, string> = { Host: `127.0.0.1:${this.port}` };
    if (authorization !== undefined) headers["Authorization"] = authorization;
    if (mapped.contentType !== undefined) headers["Content-Type"] = mapped.contentType;
    if (mapped.body !== undefined) headers["Content-Length"] = String(Buffer.byteLength(mapped.body));
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const { method, target: path } = mapped;
      const sent = request({ host: "127.0.0.1", port: this.port, method, path, headers, agent: this.agent }, resolve);
      sent.once("error", reject);
      sent.end(mapped.body);
    });
    const content = await text(response);
    const contentType = response.headers["content-type"] ?? "";
    const isJson = contentType.startsWith("application/json");
    return {
      status: response.statusCode ?? 0,
      contentType,
      headers: response.headers,
      body: isJson ? (JSON.parse(content) as JsonValue) : content,
    };
  }

  close(): void {
    this.agent.destroy();
  }
}
