import assert from "node:assert/strict";
import type { Kept } from "../region";
import { type AdoptionCase, adoptionCases } from "./adoption-cases";
import { addressAdoptions, regionAdoptions } from "./adoption-address-cases";
import type { Names, SomeKind } from "./kind-case";
import { type Target, commandOn, destroyAll, stranger } from "./target";

/**
 * What every kind keeps for an object that somebody else created on any MAAS: fields that are not described are neither written nor drift, a
 * described field is changed with permission only, and a destroy leaves the object with all of its previous values, unless somebody changed
 * them meanwhile.
 *
 * @param target returns the MAAS when the tests run
 */
export function describeAdoption(target: () => Target, names: Names): void {
  for (const adoption of [...adoptionCases(names), ...addressAdoptions(names), ...regionAdoptions(names)]) {
    describe(`${adoption.title} of somebody else`, () => describeOne(target, adoption));
  }
}

function describeOne(target: () => Target, adoption: AdoptionCase): void {
  const { kind, identity, change } = adoption;
  const made: [SomeKind, Kept][] = [];
  let theirs: Awaited<ReturnType<AdoptionCase["look"]>>;
  const look = (): ReturnType<AdoptionCase["look"]> => adoption.look(stranger(target()));
  const changed = { ...identity, ...change.args, adopt: true };

  beforeEach(async () => {
    await adoption.create(stranger(target()));
    theirs = await look();
    assert.ok(theirs);
  });
  afterEach(async () => {
    await destroyAll(target(), made);
    await adoption.remove(stranger(target()));
  });

  async function up(args: typeof identity): Promise<Kept> {
    const kept = await commandOn(target()).up(kind, args);
    made.push([kind, kept]);
    return kept;
  }

  it("keeps every value that is not described, without a permission, and is no drift", async () => {
    const kept = await up(identity);
    assert.deepEqual(await look(), theirs);
    const seen = await commandOn(target()).refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await commandOn(target()).diff(kind, seen, identity)).changes, false);
    await destroyAll(target(), made);
    assert.deepEqual(await look(), theirs);
  });

  it("is changed with a permission only, in the described field only, and gets its value back on destroy", async () => {
    await assert.rejects(up({ ...changed, adopt: false }));
    assert.deepEqual(await look(), theirs);
    const kept = await up(changed);
    assert.deepEqual(await look(), { ...theirs, ...change.shown });
    const seen = await commandOn(target()).refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await commandOn(target()).diff(kind, seen, changed)).changes, false);
    await destroyAll(target(), made);
    assert.deepEqual(await look(), theirs);
  });

  if (!adoption.marker) return;
  it("keeps its previous values in its marker when the record of the first run is lost", async () => {
    await commandOn(target()).up(kind, changed);
    await up(changed);
    await destroyAll(target(), made);
    assert.deepEqual(await look(), theirs);
  });
}
