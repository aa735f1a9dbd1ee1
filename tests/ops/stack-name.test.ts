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

  it("knows the stacks that are named without an option, so that a new stack is not made in the lab", () => {
    assert.equal(stackOf(["stack", "init", "dc1"], {}), "dc1");
    assert.equal(stackOf(["stack", "init", "--secrets-provider", "passphrase", "acme/vmo-metal/dc1"], {}), "dc1");
    assert.equal(stackOf(["stack", "init", "-s", "dc1"], {}), "dc1");
    assert.equal(stackOf(["stack", "rm", "dc1", "--yes"], {}), "dc1");
    assert.equal(stackOf(["stack", "rm", "--yes"], {}), "dev");
    assert.equal(stackOf(["stack", "output", "inventory"], {}), "dev");
  });

  it("has none for commands that act on no stack", () => {
    const commands = ["login file://state", "logout", "whoami", "stack ls", "version", "plugin ls", "up --help", ""];
    for (const command of commands) {
      assert.equal(stackOf(command === "" ? [] : command.split(" "), { PULUMI_STACK: "dc1" }), undefined, command);
    }
    assert.equal(stackOf(["stack", "ls", "--stack", "dev"], {}), "dev");
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

  it("adds no second stack where one is named", () => {
    for (const args of [
      ["stack", "init", "dc1"],
      ["stack", "rm", "dc1"],
    ])
      assert.deepEqual(withStack(args, "dc1", undefined), args);
    assert.deepEqual(withStack(["stack", "rm", "--yes"], "dev", "f"), ["stack", "rm", "--yes", "--stack", "dev"]);
  });

  it("keeps what the caller gave, and leaves other commands alone", () => {
    assert.deepEqual(withStack(["up", "-s", "dc1"], "dc1", undefined), ["up", "-s", "dc1"]);
    for (const args of [["version"], ["stack", "ls"], ["plugin", "ls"], ["login", "file://state"], ["--help"], []]) {
      assert.deepEqual(withStack(args, stackOf(args, {}), "f"), args);
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
