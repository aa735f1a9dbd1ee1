import assert from "node:assert/strict";
import { withDebugLogHere } from "../../../ops/engine/debug-log";

describe("the engine's debug log", () => {
  it("is left alone when nobody asks for one", () => {
    assert.equal(withDebugLogHere(["up", "--yes"]), undefined);
    assert.equal(withDebugLogHere(["config", "set", "x", "--", "-v=9"]), undefined);
    assert.equal(withDebugLogHere(["version"]), undefined);
  });

  for (const asked of ["-v=9", "-v", "-v9", "--verbose=3", "--verbose", "--debug"]) {
    it(`goes to standard error with ${asked}`, () => {
      assert.deepEqual(withDebugLogHere(["up", asked, "9"]), ["--logtostderr", "up", asked, "9"]);
    });
  }

  it("is not sent there twice", () => {
    assert.deepEqual(withDebugLogHere(["up", "-v=9", "--logtostderr"]), ["up", "-v=9", "--logtostderr"]);
  });
});
