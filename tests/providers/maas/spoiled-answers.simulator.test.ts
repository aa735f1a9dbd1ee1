import assert from "node:assert/strict";
import fc from "fast-check";
import { ApiError, InputError } from "../../../providers/dynamic/errors";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { machineKind } from "../../../providers/maas/machine";
import { settingKind } from "../../../providers/maas/setting";
import { anySpoil } from "../http/spoil";
import { type SpoilingProxy, spoilingProxy } from "../http/spoiling-proxy";
import type { SomeKind } from "./contract/kind-case";
import { makeSite } from "./hosts";
import { Command, type Kept, region } from "./region";
import { spoiledKinds } from "./spoiled-kinds";

/** A state, for a setting without its value: any text, number, true, false and null is the value of some setting. */
function comparable({ kind }: SomeKind, { state }: Kept): PlainObject {
  const { value, ...rest } = state;
  return kind === settingKind.kind ? rest : { ...rest, ...(value === undefined ? {} : { value }) };
}

describe("Spoiled answers of MAAS (simulated MAAS)", function () {
  this.timeout(120_000);
  const maas = region();
  const made: { kind: SomeKind; kept: Kept }[] = [];
  let proxy: SpoilingProxy;
  const command = (): Command => new Command({ url: `${proxy.url}/MAAS`, apiKey: maas.simulator.apiKey });

  before(async () => {
    proxy = await spoilingProxy(new URL(maas.simulator.url).origin);
    const up = command();
    await makeSite(up);
    const machine = await up.up(machineKind, { find: { hostname: "worker-1" } });
    for (const { kind, args } of spoiledKinds) made.push({ kind, kept: await up.up(kind, args(machine)) });
    // What the later ones changed about the earlier ones is no fault of an answer.
    for (const each of made) {
      const seen = await command().refresh(each.kind, each.kept);
      assert.ok(seen, each.kind.kind);
      each.kept = seen;
    }
  });
  after(() => proxy.close());

  it("never make an object count as gone, never crash, and never cause a write", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(made.length - 1), anySpoil, async (index, spoil) => {
        const { kind, kept } = made[index] ?? assert.fail("no such kind");
        proxy.spoil(spoil, { paths: /api\/2\.0\/(?!version)/ });
        try {
          const found = await command().refresh(kind, kept);
          assert.ok(found, `${kind.kind} counts as gone`);
          assert.deepEqual(comparable(kind, found), comparable(kind, kept));
        } catch (failure) {
          if (!(failure instanceof ApiError || failure instanceof InputError)) throw failure;
          assert.ok(failure instanceof InputError || failure.message.includes(`${proxy.url}/MAAS/api/2.0/`));
        } finally {
          assert.deepEqual(proxy.writes, []);
          proxy.spoil(undefined);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("of a list alone are healed by the read of the object, or end in an error", async () => {
    const empty = { kind: "replace", status: 200, contentType: "application/json", body: "[]" } as const;
    for (const { kind, kept } of made) {
      proxy.spoil(empty, { paths: /api\/2\.0\/(?!version)[a-z-]+\/$/ });
      try {
        const found = await command().refresh(kind, kept);
        assert.deepEqual(found?.state, kept.state, kind.kind);
      } catch (failure) {
        if (!(failure instanceof ApiError || failure instanceof InputError)) throw failure;
      } finally {
        proxy.spoil(undefined);
      }
    }
  });
});
