import assert from "node:assert/strict";
import { z } from "zod";
import { InputError } from "../../../providers/dynamic/errors";
import type { Connection, ResourceKind } from "../../../providers/dynamic/kind";
import { serve } from "../../../providers/dynamic/serve";

interface RangeInputs {
  subnet: string;
  comment: string;
}

/** A kind whose reads answer these subnets, one after the other. */
function range(...subnets: (string | undefined)[]) {
  const calls: string[] = [];
  const kind: ResourceKind<RangeInputs, object, Connection> = {
    kind: "test:Range",
    schema: { subnet: z.string(), comment: z.string() },
    outputs: [],
    replaceOn: ["subnet"],
    connect: () => ({ identity: "http://api", formerIdentities: [], reload: () => void calls.push("reload") }),
    create: () => assert.fail("nothing is created"),
    read: async (_link, id) => {
      const subnet = subnets[calls.filter((call) => call === "read").length];
      calls.push("read");
      return subnet === undefined ? undefined : { id, inputs: { subnet, comment: "other" }, outputs: {} };
    },
    update: () => assert.fail("nothing is updated"),
    delete: () => assert.fail("nothing is deleted"),
  };
  const provider = serve(kind);
  void provider.configure?.({ config: { get: () => undefined, require: (key) => key } });
  const read = async () => (await provider.read?.("1", { subnet: "10.0.0.0/24", comment: "mine" }))?.props?.["subnet"];
  return { read, calls };
}

describe("A read that shows an input changed whose change re-creates the object", () => {
  it("is confirmed by a second read past every cache: a wrong answer is not believed", async () => {
    const { read, calls } = range("10.9.0.0/24", "10.0.0.0/24");
    assert.equal(await read(), "10.0.0.0/24");
    assert.deepEqual(calls, ["read", "reload", "read"]);
  });

  it("is believed when the second read agrees", async () => {
    assert.equal(await range("10.9.0.0/24", "10.9.0.0/24").read(), "10.9.0.0/24");
  });

  it("is an error when both reads differ from each other and from what is recorded", async () => {
    await assert.rejects(
      range("10.9.0.0/24", "10.8.0.0/24").read(),
      (failure) => failure instanceof InputError && /disagree about subnet/.test(failure.message),
    );
  });

  it("is not repeated for other inputs", async () => {
    const { read, calls } = range("10.0.0.0/24");
    await read();
    assert.deepEqual(calls, ["read"]);
  });
});
