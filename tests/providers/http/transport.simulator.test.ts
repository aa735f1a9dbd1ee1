import assert from "node:assert/strict";
import * as zlib from "node:zlib";
import { z } from "zod";
import { ApiError } from "../../../providers/dynamic/errors";
import { MaasClient } from "../../../providers/maas/client/client";
import { PaletteClient } from "../../../providers/palette/client/client";
import { Transport as PaletteTransport } from "../../../providers/palette/client/transport";
import { hostileServer } from "./hostile-server";

const mebibyte = 1024 * 1024;
const retry = { firstPause: 1, longestPause: 2, tries: 3 };
const json = { "content-type": "application/json" };

describe("HTTP layer of both clients (real sockets)", () => {
  const server = hostileServer();
  const open: { close(): void }[] = [];
  after(() => open.forEach((client) => client.close()));

  const key = { consumerKey: "consumer-key", tokenKey: "token-key", tokenSecret: "token-secret" };
  const clients: [string, (limits?: { timeout?: number; maxBytes?: number }) => Promise<unknown>][] = [
    [
      "MAAS",
      (limits = {}) => {
        const client = new MaasClient({
          url: `${server.url}/MAAS`,
          credentials: () => key,
          keyOrigin: "test",
          retry,
          ...limits,
        });
        open.push(client);
        return client.pools.list();
      },
    ],
    [
      "Palette",
      (limits = {}) => {
        const transport = new PaletteTransport({
          url: server.url,
          credentials: () => "palette-key",
          keyOrigin: "test",
          project: "vmo",
          retry,
          ...limits,
        });
        open.push(transport);
        return new PaletteClient(transport, "vmo").get("/v1/overlords", z.unknown());
      },
    ],
  ];

  for (const [api, call] of clients) {
    const failure = async (limits?: { timeout?: number; maxBytes?: number }): Promise<ApiError> => {
      try {
        await call(limits);
      } catch (thrown) {
        assert.ok(thrown instanceof ApiError, String(thrown));
        return thrown;
      }
      return assert.fail("the call succeeded");
    };

    describe(api, () => {
      it("ends a request at its deadline although bytes keep arriving", async () => {
        server.behave((_request, response) => {
          response.writeHead(200, json).write("[");
          const timer = setInterval(() => response.write(" "), 20);
          response.on("close", () => clearInterval(timer));
        });
        const { message } = await failure({ timeout: 150 });
        assert.match(message, /DEADLINE_EXCEEDED.*not complete within the limit of 0\.15 s.*VMO_METAL_REQUEST_SECONDS/);
        assert.ok(message.includes(server.url), message);
        assert.equal(server.requests.length, 2);
      });

      it("ends a request at its deadline when no header comes", async () => {
        server.behave(() => undefined);
        assert.match((await failure({ timeout: 100 })).message, /DEADLINE_EXCEEDED/);
        assert.equal(server.requests.length, 2);
      });

      it("stops reading a body at the size limit, and does not ask again", async () => {
        const before = server.sent();
        const chunk = Buffer.alloc(mebibyte, "a");
        server.behave((_request, response) => {
          response.writeHead(200, json);
          let left = 300;
          const write = (): void => {
            while (left > 0 && !response.destroyed) {
              left -= 1;
              if (!response.write(chunk)) return void response.once("drain", write);
            }
            response.end();
          };
          write();
        });
        const { message } = await failure({ maxBytes: mebibyte });
        assert.match(message, /ANSWER_TOO_LARGE.*larger than the limit of 1 MiB.*VMO_METAL_ANSWER_MEBIBYTES/);
        assert.equal(server.requests.length, 1);
        assert.ok(server.sent() - before < 40 * mebibyte, `${server.sent() - before} bytes were sent`);
      });

      it("stops unpacking a compressed body at the size limit", async () => {
        const bomb = zlib.gzipSync(Buffer.alloc(64 * mebibyte, "a"));
        server.behave((_request, response) => {
          response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(bomb);
        });
        assert.match((await failure({ maxBytes: mebibyte })).message, /larger than the limit of 1 MiB/);
        assert.equal(server.requests.length, 1);
      });

      it("reads a compressed body below the limit", async () => {
        server.behave((request, response) => {
          const body = request.url?.includes("projects/metadata")
            ? '{"items":[{"metadata":{"name":"vmo","uid":"1"}}]}'
            : "[]";
          response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(zlib.gzipSync(body));
        });
        assert.deepEqual(await call(), []);
      });

      for (const [what, behaviour] of [
        ["is reset in the middle of the body", (socket: { destroy(): void }) => socket.destroy()],
        ["ends before the announced length", (socket: { end(): void }) => socket.end()],
      ] as const) {
        it(`asks again when the connection ${what}, and then gives up`, async () => {
          server.behave((request, response) => {
            response.writeHead(200, { ...json, "content-length": "1000" }).write("[");
            setTimeout(() => behaviour(request.socket), 5);
          });
          assert.match((await failure()).message, /run the command again/);
          assert.equal(server.requests.length, retry.tries);
        });
      }

      it("refuses a body that is longer than announced", async () => {
        server.behave((request, response) => {
          response.writeHead(200, { ...json, "content-length": "1" }).write("[");
          request.socket.write('{"id":1}]');
        });
        assert.match(
          (await failure()).message,
          /expected .* as JSON, but got|run the command again|does not answer in HTTP/,
        );
      });

      it("survives a server that closes a kept connection just as the next request is sent", async () => {
        let closed = 0;
        server.behave((request, response) => {
          if (closed < 1) {
            closed += 1;
            request.socket.destroy();
            return;
          }
          const projects = '{"items":[{"metadata":{"name":"vmo","uid":"1"}}]}';
          response.writeHead(200, json).end(request.url?.includes("projects/metadata") ? projects : "[]");
        });
        assert.deepEqual(await call(), []);
      });

      it("names where a redirect points to, and no query of it", async () => {
        server.behave((_request, response) => {
          response.writeHead(302, { location: "https://login.example.test/sso?token=topsecret" }).end();
        });
        const { message } = await failure();
        assert.match(message, /a redirect to https:\/\/login\.example\.test\/sso\. Redirects are not followed/);
        assert.ok(!message.includes("topsecret"));
      });

      it("advises https when the port answers that it speaks TLS", async () => {
        server.behave((_request, response) => {
          response.writeHead(400).end("Client sent an HTTP request to an HTTPS server.");
        });
        assert.match((await failure()).message, /Write https:\/\/ in (maas|palette)\.url/);
      });

      it("escapes control characters and hides secrets of a body", async () => {
        server.behave((_request, response) => {
          response.writeHead(400, { "content-type": "text/plain" }).end("\u001b[2Kkey token-secret palette-key");
        });
        const { message } = await failure();
        assert.ok(!/\p{Cc}/u.test(message), JSON.stringify(message));
        assert.match(message, api === "MAAS" ? /key \[hidden\] palette-key/ : /key token-secret \[hidden\]/);
      });
    });
  }
});
