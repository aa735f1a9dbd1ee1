import assert from "node:assert/strict";
import { MaasClient } from "../../../providers/maas/client/client";
import { parseApiKey } from "../../../providers/maas/client/api-key";
import { type Kept, region } from "./region";
import { makeBefore, siteKinds } from "./site-kinds";

describe("kinds of a MAAS site (simulated MAAS)", () => {
  const maas = region();

  /** A client of its own: somebody else at the same MAAS. */
  function byHand(): MaasClient {
    const key = parseApiKey(maas.simulator.apiKey, "test");
    return new MaasClient({ url: maas.simulator.url, credentials: () => key, keyOrigin: "test" });
  }

  for (const kindCase of siteKinds) {
    const { kind, args } = kindCase;
    describe(kindCase.title, () => {
      let kept: Kept;
      beforeEach(async () => {
        maas.simulator.reset();
        const command = maas.command();
        await makeBefore(command, kindCase);
        kept = await command.up(kind, args);
      });

      it("lists every input", () => {
        assert.deepEqual(kindCase.inputs.map(({ input }) => input).sort(), Object.keys(kind.schema).sort());
      });

      it("is as described after it was made, and stays so", async () => {
        const first = await maas.command().refresh(kind, kept);
        assert.ok(first);
        assert.equal((await maas.command().diff(kind, first, args)).changes, false);
        const second = await maas.command().refresh(kind, first);
        assert.deepEqual(second, first);
      });

      it("is found again by a run that lost its record, and is not doubled", async () => {
        const again = await maas.command().up(kind, { ...args, adopt: true });
        assert.equal(again.id, kept.id);
        const seen = await maas.command().refresh(kind, again);
        assert.ok(seen);
        assert.equal((await maas.command().diff(kind, seen, args)).changes, false);
      });

      it("is gone after a destroy, or as it was before", async () => {
        await maas.command().destroy(kind, kept);
        const seen = await maas.command().refresh(kind, kept);
        if (kept.state.origin === "created") assert.equal(seen, undefined);
        await maas.command().destroy(kind, kept);
      });

      for (const { input, byHand: change, unseen, to, replaced } of kindCase.inputs) {
        if (change === undefined) assert.ok(unseen, `${kindCase.title} ${input}: say why drift cannot be seen`);
        else
          it(`shows that ${input} was changed by hand, and heals it`, async () => {
            await change(byHand(), kept.id);
            const seen = await maas.command().refresh(kind, kept);
            assert.ok(seen);
            assert.notDeepEqual(seen.state[input], kept.state[input]);
            assert.equal((await maas.command().diff(kind, seen, args)).changes, true);
            const healed = await maas.command().update(kind, seen, args);
            const after = await maas.command().refresh(kind, healed);
            assert.ok(after);
            assert.deepEqual(after.state[input], kept.state[input]);
            assert.equal((await maas.command().diff(kind, after, args)).changes, false);
          });
        if (to === undefined) continue;
        it(`changes ${input} as the program says`, async () => {
          const wanted = { ...args, ...to };
          const { changes, replaces } = await maas.command().diff(kind, kept, wanted);
          assert.equal(changes, true);
          assert.equal((replaces ?? []).includes(input), replaced !== undefined);
          if (replaced !== undefined) return;
          const changed = await maas.command().update(kind, kept, wanted);
          const seen = await maas.command().refresh(kind, changed);
          assert.ok(seen);
          assert.equal((await maas.command().diff(kind, seen, wanted)).changes, false);
        });
      }
    });
  }
});
