import assert from "node:assert/strict";
import { untilAnswering } from "../../../providers/kubernetes/answering";
import { FakeApiServer, kubeconfigFor } from "./fake-api-server";

const patience = { silence: 200, interval: 1 };

describe("waiting for an API server that is away", () => {
  it("ends when the server is ready, not when it only starts", async () => {
    const states = [503, 429, 500, 200];
    const server = new FakeApiServer({
      "GET /readyz": () => ({ status: states.shift() ?? 200, body: "ok" }),
    });
    await server.listen();
    assert.equal(await untilAnswering(server.kubeconfig, { ...patience, silence: 60_000 }), true);
    assert.deepEqual(
      server.asked,
      Array.from({ length: 4 }, () => "GET /readyz"),
    );
    await server.close();
  });

  it("ends with a server that refuses us: it has answered", async () => {
    const server = new FakeApiServer({ "GET /readyz": { status: 403, body: { message: "forbidden" } } });
    await server.listen();
    assert.equal(await untilAnswering(server.kubeconfig, { ...patience, silence: 60_000 }), true);
    await server.close();
  });

  it("ends after its time with a server that never answers, and at once with a kubeconfig that cannot be used", async () => {
    assert.equal(await untilAnswering(kubeconfigFor("http://127.0.0.1:1"), patience), false);
    assert.equal(await untilAnswering("nothing", { ...patience, silence: 60_000 }), false);
  });
});
