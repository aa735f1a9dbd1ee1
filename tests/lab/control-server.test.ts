import assert from "node:assert/strict";
import { z } from "zod";
import { callLab, isNotRunning, LabRefusal } from "../../lab/control-client";
import { ControlServer } from "../../lab/control-server";
import { freePort } from "../../lab/free-port";

describe("the lab's own surface", () => {
  const adminToken = "token";
  let controlUrl: string;
  let server: ControlServer;

  before(async () => {
    const port = await freePort();
    controlUrl = `http://127.0.0.1:${port}`;
    server = new ControlServer(adminToken, {
      "POST echo": ({ rest, body }) => ({ rest, body }),
      "GET nothing": () => undefined,
      "GET refuse": () => {
        throw new Error("not today");
      },
      "POST count": ({ body }) => z.strictObject({ many: z.number() }).parse(body),
    });
    await server.listen(port);
  });
  after(() => server.close());

  it("answers who has the token", async () => {
    const access = { controlUrl, adminToken };
    assert.deepEqual(await callLab(access, "POST", "echo/a%20b", { c: 1 }), { rest: ["a b"], body: { c: 1 } });
    assert.deepEqual(await callLab(access, "GET", "nothing"), {});
  });

  it("says no in words", async () => {
    const access = { controlUrl, adminToken };
    await assert.rejects(callLab(access, "GET", "refuse"), new LabRefusal("not today"));
    await assert.rejects(callLab(access, "GET", "unknown"), /no GET/);
    const wrong = callLab(access, "POST", "count", { many: "two" });
    await assert.rejects(wrong, new LabRefusal("✖ Invalid input: expected number, received string\n  → at many"));
    await assert.rejects(callLab({ controlUrl, adminToken: "other" }, "GET", "nothing"), /admin token/);
  });

  it("tells a port that is taken, and a lab that does not run", async () => {
    const second = new ControlServer(adminToken, {});
    await assert.rejects(second.listen(Number(new URL(controlUrl).port)), { code: "EADDRINUSE" });
    const nobody = { controlUrl: `http://127.0.0.1:${await freePort()}`, adminToken };
    await assert.rejects(callLab(nobody, "GET", "ready"), isNotRunning);
  });
});
