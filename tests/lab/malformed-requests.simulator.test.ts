import assert from "node:assert/strict";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { ControlServer } from "../../lab/control-server";
import { freePort } from "../../lab/free-port";
import { startMaasSimulator } from "../../lab/maas";
import { startPaletteSimulator } from "../../lab/palette";

/** Paths that no client of ours sends, as a slip of the finger or of a program makes them. */
const PATHS = [
  "/%",
  "//",
  "/lab/%",
  "/lab/faults/%zz",
  "/lab/faults/maas/%",
  "/lab/%ff%fe",
  "/MAAS/api/2.0/machines/%/",
  "/v1/spectroclusters/%",
  "/v1/projects?%=%",
  "*",
];

interface Reply {
  status: number;
  content: string;
}

function send(port: number, path: string, headers: Record<string, string>, body = ""): Promise<Reply> {
  const method = body === "" ? "GET" : "POST";
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: "127.0.0.1", path, method, headers, agent: false }, (response) => {
      text(response).then((content) => resolve({ status: response.statusCode ?? 0, content }), reject);
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

describe("a malformed request to the lab", () => {
  const adminToken = "token";
  let close: () => unknown = () => undefined;
  afterEach(() => close());
  const headers = { authorization: `Bearer ${adminToken}` };

  it("is answered by the lab's own surface, which goes on", async () => {
    const port = await freePort();
    const server = new ControlServer(adminToken, { "GET faults": () => [], "POST faults": ({ body }) => body });
    await server.listen(port);
    close = () => server.close();
    for (const path of PATHS) {
      const { status, content } = await send(port, path, headers);
      assert.ok(status === 400 || status === 404, `${path}: ${status}`);
      assert.match(content, /^\{"error":"(the path|the lab has no)/, path);
    }
    for (const body of ["{", "null", "[]", '"text"']) {
      assert.equal((await send(port, "/lab/faults", headers, body)).status, 400, body);
    }
    assert.deepEqual(await send(port, "/lab/faults", headers), { status: 200, content: "[]" });
  });

  it("is answered by the simulated MAAS, which goes on", async () => {
    const maas = await startMaasSimulator({ seed: false, adminToken });
    close = () => maas.close();
    for (const path of PATHS) {
      const { status } = await send(maas.port, path, headers);
      assert.ok(status === 200 ? path.startsWith("/lab/faults/") : status >= 400 && status < 500, `${path}: ${status}`);
    }
    const malformed = { authorization: 'OAuth oauth_consumer_key="%",oauth_token="a"' };
    assert.equal((await send(maas.port, "/MAAS/api/2.0/zones/", malformed)).status, 401);
    for (const body of ["{", "null", '{"site":"moon"}', '{"workers":"many"}']) {
      assert.equal((await send(maas.port, "/lab/reset", headers, body)).status, 400, body);
    }
    assert.equal((await send(maas.port, "/lab/dump", headers)).status, 200);
  });

  it("is answered by the simulated Palette, which goes on", async () => {
    const refuse = () => Promise.reject(new Error("no clusters here"));
    const platform = { create: refuse, setNodes: refuse, install: refuse, delete: () => Promise.resolve() };
    const palette = await startPaletteSimulator({ platform, adminToken });
    close = () => palette.close();
    const port = Number(new URL(palette.url).port);
    for (const path of PATHS) {
      const { status } = await send(port, path, headers);
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
    }
    assert.equal((await send(port, "/lab/dump", headers)).status, 200);
  });
});
