import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { datacenterProgram } from "../../../stacks/program/datacenter";
import { keepOwnFrames, keepStackTracesShort } from "../../../stacks/program/short-stack-traces";

interface Traced {
  stackTrace: (skip: number) => { uri: string; line: number }[];
}

const real = pulumi.Resource as unknown as Traced;

describe("stack traces of resources", () => {
  const original = real.stackTrace;
  afterEach(() => {
    real.stackTrace = original;
  });

  it("are cut to their first frame, the same one as before", () => {
    const trace = (): { uri: string; line: number }[] => real.stackTrace(1);
    const [whole] = [trace()];
    keepStackTracesShort();
    const [short] = [trace()];
    assert.ok(whole.length > 1);
    assert.deepEqual(short, whole.slice(0, 1));
    assert.match(short[0]?.uri ?? "", /short-stack-traces\.program\.test\.ts$/);
  });

  it("are let be where Pulumi keeps none", () => {
    const none = {};
    keepStackTracesShort(none);
    assert.deepEqual(none, {});
  });
});

describe("the stack trace of what ends a program", () => {
  it("is none of a refusal, which speaks for itself", async () => {
    pulumi.runtime.setAllConfig({});
    await assert.rejects(datacenterProgram(), (failure: Error) => {
      assert.ok(pulumi.RunError.isInstance(failure));
      assert.match(failure.message, /has no vmo-metal:datacenter/);
      assert.equal(failure.stack, "");
      return true;
    });
  });

  it("has frames of the project only", () => {
    const failure = new Error("unexpected");
    failure.stack = [
      "Error: unexpected",
      "    at build (/home/me/vmo-metal/stacks/program/datacenter.ts:3:1)",
      "    at Stack.initialize (/home/me/vmo-metal/node_modules/@pulumi/resource.ts:1598:22)",
    ].join("\n");
    keepOwnFrames(failure);
    assert.equal(
      failure.stack,
      "Error: unexpected\n    at build (/home/me/vmo-metal/stacks/program/datacenter.ts:3:1)",
    );
  });
});
