import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { type Spoil, spoiled } from "./spoil";

/** Which answers are spoiled. */
export interface SpoiledRequests {
  /** Paths with queries. Default: all. */
  readonly paths?: RegExp;
  /** Default: `reads`. */
  readonly of?: "reads" | "writes";
  /** Only the answer to this one of them, counted from 0. Default: all. */
  readonly only?: number;
}

/** A proxy before an API that spoils answers. */
export interface SpoilingProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Writes that came since the last call of {@link spoil}. */
  readonly writes: string[];
  /** Spoils the answers to these requests from now on; undefined passes everything on. */
  spoil(how: Spoil | undefined, which?: SpoiledRequests): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy before the API at an origin.
 *
 * @param isSearch whether a path that is sent other than with GET only searches. Default: none does.
 */
export async function spoilingProxy(origin: string, isSearch = /$^/): Promise<SpoilingProxy> {
  let how: Spoil | undefined;
  let which: SpoiledRequests = {};
  let matching = 0;
  const writes: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => void pass(request, Buffer.concat(chunks), response));
  });
  /** How to spoil the answer to a request; counts the requests that {@link which} describes. */
  function spoilOf(url: string, isWrite: boolean): Spoil | undefined {
    if (isWrite !== (which.of === "writes") || which.paths?.test(url) === false) return undefined;
    const index = matching++;
    return which.only === undefined || which.only === index ? how : undefined;
  }
  async function pass(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const isWrite = method !== "GET" && !isSearch.test(url);
    if (isWrite) writes.push(`${method} ${url}`);
    const spoil = spoilOf(url, isWrite);
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
    const sent = spoil === undefined ? plain : spoiled(plain, spoil);
    response.writeHead(sent.status, sent.contentType === "" ? {} : { "content-type": sent.contentType });
    response.end(sent.status === 204 ? undefined : sent.body);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes,
    spoil(next, requests = {}) {
      how = next;
      which = requests;
      matching = 0;
      writes.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
