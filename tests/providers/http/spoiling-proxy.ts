import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { type Spoil, spoiled } from "./spoil";

/** A proxy before an API that spoils the answers to reads. */
export interface SpoilingProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Writes that came since the last call of {@link spoil}. */
  readonly writes: string[];
  /** Spoils the answers to reads of these paths from now on; undefined passes everything on. */
  spoil(how: Spoil | undefined, paths?: RegExp): void;
  close(): Promise<void>;
}

/** Starts a proxy before the API at an origin. */
export async function spoilingProxy(origin: string): Promise<SpoilingProxy> {
  let how: Spoil | undefined;
  let which = /./;
  const writes: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => void pass(request, Buffer.concat(chunks), response));
  });
  async function pass(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    if (method !== "GET") writes.push(`${method} ${url}`);
    const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        typeof value === "string" ? [[name, value]] : [],
      ),
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const plain = {
      status: answer.status,
      contentType: answer.headers.get("content-type") ?? "",
      body: await answer.text(),
    };
    const sent = how !== undefined && method === "GET" && which.test(url) ? spoiled(plain, how) : plain;
    response.writeHead(sent.status, sent.contentType === "" ? {} : { "content-type": sent.contentType });
    response.end(sent.status === 204 ? undefined : sent.body);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes,
    spoil(next, paths = /./) {
      how = next;
      which = paths;
      writes.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
