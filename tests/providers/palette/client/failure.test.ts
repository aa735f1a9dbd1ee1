import assert from "node:assert/strict";
import { explainPalette, statesAbsence } from "../../../../providers/palette/client/failure";

const request = { method: "GET", keyOrigin: "vmo-metal:paletteApiKey", project: "vmo" };
const json = (status: number, body: object) => ({
  status,
  contentType: "application/json",
  text: JSON.stringify(body),
});

describe("explainPalette", () => {
  it("reads the application's envelope, with its trace", () => {
    const answer = json(404, { code: "ResourceNotFound", message: "cluster was not found", ref: "1a2b" });
    const { code, detail, absent } = explainPalette(request, answer);
    assert.equal(code, "ResourceNotFound");
    assert.equal(detail, "cluster was not found (trace 1a2b)");
    assert.equal(absent, true);
  });

  it("reads the router's envelope; its 404 is a wrong path, not an object that is gone", () => {
    const answer = json(404, { code: 404, message: "path /v1/spectroclusters/uid/events was not found" });
    const { detail, absent } = explainPalette(request, answer);
    assert.match(detail, /path .* was not found/);
    assert.equal(absent, undefined);
  });

  it("explains a 403 as the wrong project, which it mostly is", () => {
    const { advice, absent } = explainPalette(
      request,
      json(403, { code: "OperationForbidden", message: "cluster.get" }),
    );
    assert.match(advice ?? "", /lacks the right, or the object is of another project than "vmo"/);
    assert.equal(absent, undefined);
  });

  it("shows no HTML page", () => {
    const page = { status: 500, contentType: "text/html", text: "<html><body>Internal error</body></html>" };
    assert.match(explainPalette(request, page).detail, /an HTML page/);
  });
});

describe("statesAbsence of Palette", () => {
  const foreign: [string, { status: number; contentType: string; text: string }][] = [
    ["a router's text", { status: 404, contentType: "text/plain", text: "404 page not found" }],
    ["a gateway's JSON", json(404, { message: "no Route matched with those values" })],
    ["the router of Palette", json(404, { code: 404, message: "path was not found" })],
    ["a numeric code as text", json(404, { code: "404", message: "not found" })],
    ["an HTML page", { status: 404, contentType: "text/html", text: "<html>Not Found</html>" }],
    ["an empty body", { status: 404, contentType: "", text: "" }],
    ["an empty object", json(404, {})],
    ["a code without a message", json(404, { code: "ResourceNotFound" })],
    ["a project that is not found", json(404, { code: "ProjectNotFound", message: "x" })],
    ["a path that is not found", json(404, { code: "RouteNotFound", message: "x" })],
    ["a success", json(200, { code: "ResourceNotFound", message: "x" })],
    ["a failure inside", json(500, { code: "ResourceNotFound", message: "x" })],
  ];
  for (const [what, answer] of foreign) {
    it(`is false for ${what}`, () => {
      assert.equal(statesAbsence(answer), false);
    });
  }

  it("is true for Palette's own code, also under another status of a refusal", () => {
    assert.equal(statesAbsence(json(404, { code: "UserNotFound", message: "x" })), true);
    assert.equal(statesAbsence(json(400, { code: "ResourceNotFound", message: "x" })), true);
  });
});
