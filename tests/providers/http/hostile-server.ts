import * as http from "node:http";
import type * as net from "node:net";
import type { AddressInfo } from "node:net";

/** How a server of a test treats the next request. */
export type Behaviour = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server on a real socket that answers as a test tells it to, and counts. */
export interface HostileServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Requests as `GET /path`. */
  readonly requests: string[];
  /** Bytes that were handed to the socket. */
  readonly sent: () => number;
  /** Sets the behaviour of all requests from now on. */
  behave(behaviour: Behaviour): void;
}

/** Starts a server for the tests of a block, and stops it with all its connections afterwards. */
export function hostileServer(): HostileServer {
  let behaviour: Behaviour = (_request, response) => response.writeHead(500).end();
  const requests: string[] = [];
  const sockets = new Set<net.Socket>();
  let closed = 0;
  const server = http.createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    request.resume();
    behaviour(request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      closed += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  let url = "";
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    requests.length = 0;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    get url() {
      return url;
    },
    requests,
    sent: () => closed + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    behave: (next) => (behaviour = next),
  };
}
