import assert from "node:assert/strict";
import {
  apiError,
  type FailedRequest,
  isNotFound,
  mayHaveHappened,
} from "../../../../providers/palette/client/failure";

const failed = (changes: Partial<FailedRequest>): FailedRequest => ({
  method: "GET",
  endpoint: "https://palette.example.com/v1/spectroclusters/uid",
  text: "",
  tries: 1,
  keyOrigin: "vmo-metal:paletteApiKey",
  project: "vmo",
  ...changes,
});

describe("errors of Palette", () => {
  it("are read from the application's envelope, with its trace", () => {
    const text = JSON.stringify({ code: "ResourceNotFound", message: "cluster was not found", ref: "1a2b" });
    const error = apiError(failed({ status: 404, text }));
    assert.match(error.message, /answered 404 ResourceNotFound: cluster was not found \(trace 1a2b\)/);
    assert.ok(isNotFound(error));
  });

  it("are read from the router's envelope; its 404 is a wrong path, not an object that is gone", () => {
    const text = JSON.stringify({ code: 404, message: "path /v1/spectroclusters/uid/events was not found" });
    const error = apiError(failed({ status: 404, text }));
    assert.match(error.message, /answered 404 404: path .* was not found/);
    assert.ok(!isNotFound(error));
  });

  it("explain a 403 as the wrong project, which it mostly is", () => {
    const text = JSON.stringify({ code: "OperationForbidden", message: "cluster.get" });
    const error = apiError(failed({ status: 403, text }));
    assert.match(error.message, /lacks the right, or the object is of another project than "vmo"/);
    assert.ok(!isNotFound(error));
  });

  it("show no HTML page", () => {
    const error = apiError(failed({ status: 502, text: "<html><body>Bad gateway</body></html>" }));
    assert.match(error.message, /an HTML page.*overloaded or down/);
  });

  it("leave open whether the work was done only after a gateway's error or a cut connection", () => {
    const happened = (status?: number): boolean =>
      mayHaveHappened(apiError(failed(status === undefined ? { text: "socket hang up" } : { status })));
    assert.deepEqual([undefined, 502, 504].map(happened), [true, true, true]);
    assert.deepEqual([400, 403, 409, 429, 500].map(happened), [false, false, false, false, false]);
  });
});
