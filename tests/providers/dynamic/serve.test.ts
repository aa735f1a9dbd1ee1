import assert from "node:assert/strict";
import { z } from "zod";
import { InputError, PartialFailure } from "../../../providers/dynamic/errors";
import { optional, text, textSet } from "../../../providers/dynamic/fields";
import type { Connection, ResourceKind } from "../../../providers/dynamic/kind";
import { type PlainObject, unknownValue } from "../../../providers/dynamic/plain";
import { serve } from "../../../providers/dynamic/serve";

interface ShelfInputs {
  name: string;
  height: number;
  labels: string[];
  note: string | null;
  hint: string | null;
}
interface ShelfOutputs {
  serial: string;
  pending: string[];
}

/** A kind over an in-memory API that exercises every part of the contract. */
function shelf(overrides: Partial<ResourceKind<ShelfInputs, ShelfOutputs, Connection>> = {}) {
  const kind: ResourceKind<ShelfInputs, ShelfOutputs, Connection> = {
    kind: "test:Shelf",
    schema: {
      name: text(),
      height: z.number({ error: "must be a number of units" }).default(2),
      labels: textSet(),
      note: optional(z.string()),
      hint: optional(z.string()),
    },
    outputs: ["serial", "pending"],
    replaceOn: ["name"],
    informative: ["hint"],
    connect: () => ({ identity: "http://new", formerIdentities: ["http://renamed"] }),
    create: async (_link, inputs) => ({ id: `id-${inputs.name}`, outputs: { serial: "s1", pending: [] } }),
    read: async (_link, id) => ({
      id,
      inputs: { name: "a", height: 9, labels: [], note: null, hint: null },
      outputs: { serial: "s1", pending: [] },
    }),
    update: async () => ({ outputs: { serial: "s2", pending: [] } }),
    delete: async () => undefined,
    ...overrides,
  };
  const provider = serve(kind);
  void provider.configure?.({ config: { get: () => undefined, require: (key) => key } });
  return provider;
}

const loaderText = { __provider: "exports.handler=…" };
const state: PlainObject = {
  ...loaderText,
  name: "a",
  height: 2,
  labels: ["x"],
  note: null,
  hint: null,
  serial: "s1",
  pending: [],
  madeOn: "http://new",
};

describe("serve", () => {
  describe("check", () => {
    it("fills defaults and normalises", async () => {
      const { inputs, failures } = await shelf().check!({}, { name: "a", labels: ["y", "x", "y"] });
      assert.deepEqual(failures, []);
      assert.deepEqual(inputs, {
        name: "a",
        height: 2,
        labels: ["x", "y"],
        note: null,
        hint: null,
      });
    });

    it("names each wrong property with its rule", async () => {
      const { failures } = await shelf().check!({}, { name: "", height: "tall", labels: [1] });
      assert.deepEqual(
        failures?.map((failure: { property: string }) => failure.property),
        ["name", "height", "labels.0"],
      );
      assert.match(String(failures?.[1]?.reason), /must be a number of units/);
    });

    it("passes on what is not known yet and still checks the rest", async () => {
      const { inputs, failures } = await shelf().check!({}, { name: unknownValue, height: "tall" });
      assert.equal((inputs as PlainObject)["name"], unknownValue);
      assert.deepEqual(
        failures?.map((failure: { property: string }) => failure.property),
        ["height"],
      );
    });

    it("runs rules over several inputs only when all are known", async () => {
      const provider = shelf({ checkTogether: () => [{ property: "height", reason: "too tall for its labels" }] });
      assert.equal((await provider.check!({}, { name: "a" })).failures?.length, 1);
      assert.equal((await provider.check!({}, { name: unknownValue })).failures?.length, 0);
    });
  });

  describe("diff", () => {
    const news = { ...loaderText, name: "a", height: 2, labels: ["x"], note: null, hint: null };

    it("refuses a resource that was made on another server, but takes a renamed one along", async () => {
      await assert.rejects(
        async () => shelf().diff!("id", { ...state, madeOn: "http://other" }, news),
        /made on http:\/\/other.*points to http:\/\/new.*formerUrls/,
      );
      assert.equal((await shelf().diff!("id", { ...state, madeOn: "http://renamed" }, news)).changes, false);
    });

    it("sees no change in equal inputs and in inputs that only inform", async () => {
      assert.equal((await shelf().diff!("id", state, { ...news, hint: "other" })).changes, false);
    });

    it("sees every other change, and replaces where a new object is needed, the old one deleted first", async () => {
      assert.deepEqual(await shelf().diff!("id", state, { ...news, height: 3 }), {
        changes: true,
        replaces: [],
        deleteBeforeReplace: true,
      });
      assert.deepEqual((await shelf().diff!("id", state, { ...news, name: "b" })).replaces, ["name"]);
    });

    it("never replaces for a value that is not known yet", async () => {
      const answer = await shelf().diff!("id", state, { ...news, name: unknownValue });
      assert.deepEqual([answer.changes, answer.replaces], [true, []]);
    });

    it("asks the kind for unfinished work, and lets it refuse", async () => {
      const waiting = shelf({ mustUpdate: (olds) => (olds["pending"] as string[]).length > 0 });
      assert.equal((await waiting.diff!("id", { ...state, pending: ["mtu"] }, news)).changes, true);
      const refusing = shelf({
        refuse: (_olds, _news, changed) => (changed.includes("height") ? "never taller" : undefined),
      });
      await assert.rejects(
        async () => refusing.diff!("id", state, { ...news, height: 3 }),
        new InputError("never taller"),
      );
    });
  });

  it("keeps where it was made beside what is wished of it, also of a renamed server", async () => {
    const renamed = { ...state, madeOn: "http://renamed" };
    const { madeOn: _madeOn, ...news } = state;
    const updated = await shelf().update!("id-a", renamed, news);
    assert.equal(updated.outs?.["madeOn"], "http://new");
  });

  it("mirrors inputs into the outputs of create and update, and drops undefined", async () => {
    const inputs = { ...loaderText, name: "a", height: 2 };
    const created = await shelf().create(inputs);
    assert.deepEqual(created, {
      id: "id-a",
      outs: { name: "a", height: 2, madeOn: "http://new", serial: "s1", pending: [] },
    });
    const updated = await shelf().update!("id-a", state, { ...inputs, height: 3 });
    assert.deepEqual([updated.outs?.["height"], updated.outs?.["serial"]], [3, "s2"]);
  });

  it("keeps an unfinished object with its id, its inputs and the loader", async () => {
    const provider = shelf({
      create: async () => {
        throw new PartialFailure("id-a", { serial: "s1", pending: ["height"] }, "half done");
      },
    });
    await assert.rejects(provider.create({ ...loaderText, name: "a" }), {
      message: "half done",
      id: "id-a",
      properties: { ...loaderText, name: "a", serial: "s1", pending: ["height"], madeOn: "http://new" },
      reasons: ["half done"],
    });
  });

  it("answers what a read found as inputs too, and no id for an object that is gone", async () => {
    const found = await shelf().read!("id-a", state);
    assert.deepEqual([found.id, (found.inputs as PlainObject)["height"]], ["id-a", 9]);
    assert.deepEqual([found.props?.["madeOn"], (found.inputs as PlainObject)["madeOn"]], ["http://new", undefined]);
    assert.deepEqual(await shelf({ read: async () => undefined }).read!("id-a", state), {});
  });

  it("keeps what is for information only as it was told last, and does not tell a kind who made an object", async () => {
    let known: object = {};
    const provider = shelf({
      read: async (_link, id, seen) => {
        known = seen;
        return {
          id,
          inputs: { name: "a", height: 2, labels: ["x"], note: null, hint: "now" },
          outputs: { serial: "s1", pending: [] },
        };
      },
    });
    const found = await provider.read!("id-a", { ...state, hint: "then", madeOn: "http://new" });
    assert.deepEqual([found.props?.["hint"], (found.inputs as PlainObject)["hint"]], ["then", "now"]);
    assert.ok(!("madeOn" in known));
  });

  it("touches nothing that was made on another server", async () => {
    const foreign = { ...state, madeOn: "http://other" };
    const provider = shelf({
      delete: async () => assert.fail("deleted"),
      read: async () => assert.fail("read"),
    });
    await assert.rejects(provider.delete!("id", foreign), InputError);
    await assert.rejects(provider.read!("id", foreign), InputError);
    await assert.rejects(provider.update!("id", foreign, foreign), InputError);
  });
});
