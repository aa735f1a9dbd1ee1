import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { keepStackTracesShort } from "../../../stacks/program/short-stack-traces";

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
