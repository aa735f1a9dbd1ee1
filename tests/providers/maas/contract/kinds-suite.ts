import assert from "node:assert/strict";
import type { Kept } from "../region";
import { dnsCases } from "./dns-cases";
import { type KindCase, type Names, type SomeKind, permissions } from "./kind-case";
import { networkCases } from "./network-cases";
import { plainCases } from "./plain-cases";
import { type Target, commandOn, destroyAll, stranger } from "./target";

/**
 * What every kind of a site keeps on any MAAS: made, it is as described and stays so; every input that somebody changes shows and is
 * healed; every change of the program arrives; destroyed, it is gone or as it was. Leaves nothing behind.
 *
 * @param target answers the MAAS when the tests run
 */
export function describeKinds(target: () => Target, names: Names): void {
  for (const kindCase of siteCases(names)) describe(kindCase.title, () => describeKind(target, kindCase));
}

/** One case or more of every kind that needs no machine. */
export function siteCases(names: Names): KindCase[] {
  return [...plainCases(names), ...dnsCases(names), ...networkCases(names)];
}

/** Tries one kind with all of its inputs. */
export function describeKind(target: () => Target, kindCase: KindCase): void {
  const { kind } = kindCase;
  let { args } = kindCase;
  const below: [SomeKind, Kept][] = [];
  const made: [SomeKind, Kept][] = [];
  let kept: Kept;

  before(async function () {
    const reason = await kindCase.impossible?.(stranger(target()));
    if (reason !== undefined) {
      console.log(`      left out: ${reason}`);
      this.skip();
    }
    // Settings, DHCP and the default domain exist in every MAAS.
    const permission = "adopt" in kind.schema ? { adopt: true } : {};
    args = { ...args, ...permission, ...(await kindCase.more?.(stranger(target()))) };
    const command = commandOn(target());
    for (const [each, eachArgs] of kindCase.before ?? []) below.push([each, await command.up(each, eachArgs)]);
  });
  after(() => destroyAll(target(), below));

  beforeEach(async () => {
    kept = await commandOn(target()).up(kind, args);
    made.push([kind, kept]);
  });
  afterEach(() => destroyAll(target(), made));

  it("lists every input", () => {
    const values = Object.keys(kind.schema).filter((input) => !permissions.includes(input));
    assert.deepEqual(kindCase.inputs.map(({ input }) => input).sort(), values.sort());
    for (const { input, byHand, unseen } of kindCase.inputs)
      assert.ok(byHand !== undefined || unseen !== undefined, `${input}: say why drift cannot be seen`);
  });

  it("is as described after it was made, and stays so", async () => {
    const first = await commandOn(target()).refresh(kind, kept);
    assert.ok(first);
    assert.equal((await commandOn(target()).diff(kind, first, args)).changes, false);
    assert.deepEqual(await commandOn(target()).refresh(kind, first), first);
  });

  it("is read whole by its id alone, as get does", async () => {
    const seen = await commandOn(target()).refresh(kind, { id: kept.id, state: {} });
    assert.ok(seen);
    for (const input of Object.keys(kind.schema)) assert.ok(input in seen.state, input);
    for (const output of kind.outputs) assert.ok(output in seen.state, output);
  });

  it("is found again by a run that lost its record, and is not doubled", async () => {
    const again = await commandOn(target()).up(kind, args);
    assert.equal(again.id, kept.id);
    const seen = await commandOn(target()).refresh(kind, again);
    assert.ok(seen);
    assert.equal((await commandOn(target()).diff(kind, seen, args)).changes, false);
  });

  it("is gone after a destroy, or as it was before, and may be destroyed twice", async () => {
    await commandOn(target()).destroy(kind, kept);
    const seen = await commandOn(target()).refresh(kind, kept);
    if (kept.state.origin === "created") assert.equal(seen, undefined);
    await commandOn(target()).destroy(kind, kept);
  });

  for (const { input, byHand, to, replaced } of kindCase.inputs) {
    if (byHand !== undefined)
      it(`shows that ${input} was changed by hand, and heals it`, async () => {
        await byHand(stranger(target()), kept.id);
        const seen = await commandOn(target()).refresh(kind, kept);
        assert.ok(seen);
        assert.notDeepEqual(seen.state[input], kept.state[input]);
        assert.equal((await commandOn(target()).diff(kind, seen, args)).changes, true);
        const healed = await commandOn(target()).update(kind, seen, args);
        const after = await commandOn(target()).refresh(kind, healed);
        assert.ok(after);
        assert.deepEqual(after.state[input], kept.state[input]);
        assert.equal((await commandOn(target()).diff(kind, after, args)).changes, false);
      });
    if (to === undefined) continue;
    it(`changes ${input} as the program says`, async () => {
      const wanted = { ...args, ...to };
      const { changes, replaces } = await commandOn(target()).diff(kind, kept, wanted);
      assert.equal(changes, true);
      assert.equal((replaces ?? []).includes(input), replaced !== undefined);
      if (replaced !== undefined) return;
      const changed = await commandOn(target()).update(kind, kept, wanted);
      made[made.length - 1] = [kind, changed];
      const seen = await commandOn(target()).refresh(kind, changed);
      assert.ok(seen);
      assert.equal((await commandOn(target()).diff(kind, seen, wanted)).changes, false);
    });
  }
}
