import assert from "node:assert/strict";
import { stackOf, withStack } from "../../ops/stack-name";

describe("stackOf", () => {
  it("takes the option before the environment, and dev when nobody says", () => {
    assert.equal(stackOf(["up", "--stack", "dc1"], { PULUMI_STACK: "dc2" }), "dc1");
    assert.equal(stackOf(["up", "--stack=dc1"], {}), "dc1");
    assert.equal(stackOf(["up", "-s", "organization/vmo-metal/dc1"], {}), "dc1");
    assert.equal(stackOf(["up"], { PULUMI_STACK: "dc2" }), "dc2");
    assert.equal(stackOf(["up"], {}), "dev");
  });

  it("takes no value from behind --", () => {
    assert.equal(stackOf(["config", "set", "x", "--", "--stack"], {}), "dev");
  });
});

describe("withStack", () => {
  it("adds stack and configuration file where the command takes them", () => {
    assert.deepEqual(withStack(["preview", "--diff"], "dev", "/lab/dev.yaml"), [
      "preview",
      "--stack",
      "dev",
      "--config-file",
      "/lab/dev.yaml",
      "--diff",
    ]);
    assert.deepEqual(withStack(["stack", "export"], "dev", "/lab/dev.yaml"), ["stack", "export", "--stack", "dev"]);
    assert.deepEqual(withStack(["config", "get", "x"], "dev", "f"), [
      "config",
      "get",
      "x",
      "--stack",
      "dev",
      "--config-file",
      "f",
    ]);
  });

  it("keeps what the caller gave, and leaves other commands alone", () => {
    assert.deepEqual(withStack(["up", "-s", "dc1"], "dc1", undefined), ["up", "-s", "dc1"]);
    for (const args of [["version"], ["stack", "ls"], ["plugin", "ls"], ["login", "file://state"], ["--help"], []]) {
      assert.deepEqual(withStack(args, "dev", "f"), args);
    }
  });

  it("puts options before --", () => {
    assert.deepEqual(withStack(["config", "set", "x", "--", "-1"], "dev", undefined), [
      "config",
      "set",
      "x",
      "--stack",
      "dev",
      "--",
      "-1",
    ]);
  });
});
